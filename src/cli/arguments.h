#pragma once

#include <optional>
#include <string>
#include <variant>

#include "app/arguments.h"
#include "base/error.h"

namespace cli {

/// Text that was asked for instead of a run: --help, --version.
struct Information {
  std::string text;
};

/// The command line as values. A mistake in it is CONFIG_INVALID.
base::Result<std::variant<app::Arguments, Information>> parsed(int count, const char* const* words);

/// Whether the words ask for JSON: known even when the rest of the line is wrong.
bool wants_json(int count, const char* const* words);

}  // namespace cli
