#pragma once

#include <string_view>

#include "python/evaluation/scope.h"

namespace python {

class Interpreter;

/// `__name` as a class body and its methods mean it: `_Class__name`. Every other name is itself.
std::string_view mangled(Interpreter& in, const Scope& scope, std::string_view name);

}  // namespace python
