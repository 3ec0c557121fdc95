#pragma once

#include <string_view>

namespace models {

/// The extension that brings a type, function or operator class; empty for what is not known.
std::string_view extension_of(std::string_view name);

}  // namespace models
