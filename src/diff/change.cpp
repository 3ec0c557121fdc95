#include "diff/change.h"

namespace diff {

bool Change::operator==(const Change& other) const {
  return visit(
      [&other](const auto& mine) {
        const auto* theirs = get_if<std::remove_cvref_t<decltype(mine)>>(&other);
        return theirs != nullptr && mine == *theirs;
      },
      *this);
}

}  // namespace diff
