#pragma once

#include <optional>
#include <string_view>

namespace python::library {

/// The parts of the library that are written in Python: src/python/library/NAME.py, with `__` for a dot.
std::optional<std::string_view> source_of(std::string_view module);

}  // namespace python::library
