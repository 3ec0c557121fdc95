#pragma once

#include "python/evaluation/interpreter.h"
#include "rls/declaration.h"

namespace models {

/// A value of `__rls__` and its like as the literal that `rls` understands. Tuples, sets and lists are lists; text() is
/// its text as SQLAlchemy compiles it; what is none of these is Other.
rls::Literal literal(python::Interpreter& interpreter, python::Value value);

}  // namespace models
