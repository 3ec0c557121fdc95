#include "python/library/support.h"

namespace python::library {

void set_up_regular_expressions(Interpreter&, Module&) {}

}  // namespace python::library
