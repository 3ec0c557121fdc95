#pragma once

#include <memory>

#include "python/evaluation/host.h"

namespace models::sqlmodel {

/// The part of the interpreter's host that knows pydantic: its types in annotations, Field, and instances of its models
/// (settings objects that models read constants from).
std::unique_ptr<python::Host> pydantic_host();

}  // namespace models::sqlmodel
