#include "python/evaluation/value.h"

#include "python/evaluation/objects.h"

namespace python {

namespace {
None the_none;
}

Value::Value() : object_(&the_none) {}

std::int64_t Range::size() const {
  const bool forward = step > 0;
  if (forward ? start >= stop : start <= stop) return 0;
  const auto low = static_cast<std::uint64_t>(forward ? start : stop);
  const auto high = static_cast<std::uint64_t>(forward ? stop : start);
  const std::uint64_t by = forward ? static_cast<std::uint64_t>(step) : ~static_cast<std::uint64_t>(step) + 1;
  const std::uint64_t count = (high - low - 1) / by + 1;
  return count > INT64_MAX ? INT64_MAX : static_cast<std::int64_t>(count);
}

std::string_view Annotation::text() const {
  return expression ? python::text(Location{location.source, expression->span}) : std::string_view();
}

}  // namespace python
