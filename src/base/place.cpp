#include "base/place.h"

namespace base {

std::string text(const Place& place) {
  std::string result = place.file;
  if (place.line > 0) result += ":" + std::to_string(place.line);
  if (place.line > 0 && place.column > 0) result += ":" + std::to_string(place.column);
  return result;
}

}  // namespace base
