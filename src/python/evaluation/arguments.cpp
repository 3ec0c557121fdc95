#include "python/evaluation/arguments.h"

namespace python {

const Value* Arguments::find(std::size_t position, std::string_view name) const {
  const Value* value = at(position);
  return value ? value : keyword(name);
}

const Value* Arguments::keyword(std::string_view name) const {
  for (const auto& [key, value] : keywords)
    if (key == name) return &value;
  return nullptr;
}

}  // namespace python
