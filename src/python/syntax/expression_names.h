#pragma once

#include <string_view>

#include "python/syntax/tree.h"

namespace python::syntax {

/// What Python calls an expression in its messages: "function call".
std::string_view name_of(const Expr* expr);

}  // namespace python::syntax
