#pragma once

#include <functional>
#include <string_view>

#include "app/arguments.h"
#include "base/error.h"
#include "config/config.h"

namespace app {

/// Told what goes on, for people who wait: one short line at a time.
using Progress = std::function<void(std::string_view)>;

/// What every command starts from.
struct Session {
  Arguments arguments;
  config::Config config;
  Progress progress;
};

/// Reads the configuration. What is wrong with the database URL is an error only for who needs one.
base::Result<Session> open_session(Arguments arguments, Progress progress);

}  // namespace app
