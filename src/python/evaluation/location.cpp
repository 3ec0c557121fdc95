#include "python/evaluation/location.h"

namespace python {

base::Place place(const Location& location) {
  if (!location.source) return {};
  base::Place result{location.source->shown, 0, 0};
  if (!location.source->tree) return result;
  const syntax::Position position = location.source->tree->position(location.span.begin);
  result.line = position.line;
  result.column = position.column;
  return result;
}

std::string_view text(const Location& location) {
  if (!location.source || !location.source->tree) return {};
  return location.source->tree->text(location.span);
}

}  // namespace python
