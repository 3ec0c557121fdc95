#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "models/read.h"

/// The other reader of models: the project's own Python imports them, and what create_all sends is made on a scratch
/// server and read back.
namespace loader {

struct Options {
  models::Options models;
  std::string python;  ///< the interpreter: a path relative to the root, or a name; empty: .venv, venv, env, python3
  std::chrono::milliseconds patience{60'000};
  std::function<void(std::string_view)> progress = [](std::string_view) {};
};

/// What `models::read` gives, with everything known: an Unresolved is only what the scratch server refuses.
/// CONFIG_INVALID where Python or SQLAlchemy is missing or does not come to an end, PARSE_ERROR, MODEL_INVALID (with
/// the exception and its place) where the models cannot be imported.
base::Result<models::Models> load(const Options& options);

}  // namespace loader
