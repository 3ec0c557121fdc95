#pragma once

#include <memory>
#include <set>
#include <string>

#include "python/evaluation/host.h"

namespace models {

/// The part of the interpreter's host that reports where the evaluation itself meets what only running can tell:
/// conditions, loops, exceptions, unknown functions that get hold of a MetaData. `relevant`: the files (as places show
/// them) where that matters.
std::unique_ptr<python::Host> watching_host(std::set<std::string> relevant);

}  // namespace models
