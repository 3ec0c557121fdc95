#pragma once

#include <memory>

#include "python/evaluation/host.h"

namespace models::sqlmodel {

/// The part of the interpreter's host that knows SQLModel and what models use of pydantic.
std::unique_ptr<python::Host> sqlmodel_host();

}  // namespace models::sqlmodel
