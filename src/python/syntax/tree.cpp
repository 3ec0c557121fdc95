#include "python/syntax/tree.h"

#include <algorithm>

namespace python::syntax {

Position Tree::position(std::uint32_t offset) const {
  const auto after = std::upper_bound(line_starts.begin(), line_starts.end(), offset);
  if (after == line_starts.begin()) return {1, 1};
  const std::uint32_t start = after[-1];
  const std::size_t length = std::min<std::size_t>(offset, source.size()) - start;
  const auto first = source.begin() + start;
  const auto continuation_bytes =
      std::count_if(first, first + length, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; });
  return {static_cast<int>(after - line_starts.begin()), static_cast<int>(length - continuation_bytes) + 1};
}

}  // namespace python::syntax
