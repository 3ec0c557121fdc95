#pragma once

#include <memory>

#include "python/evaluation/host.h"

namespace models::orm {

/// The part of the interpreter's host that knows the declarative mapping.
std::unique_ptr<python::Host> orm_host();

}  // namespace models::orm
