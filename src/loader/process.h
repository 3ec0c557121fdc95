#pragma once

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/file.h"

namespace loader {

struct Program {
  std::vector<std::string> command;  ///< the first word is a path, or a name to be found in PATH
  std::string input;
  base::Path folder;                                           ///< where it runs
  std::vector<std::pair<std::string, std::string>> variables;  ///< added to the environment
  std::chrono::milliseconds patience{};
};

struct Ended {
  enum class How { Exited, Killed, TimedOut, NotStarted, TooLong };

  How how = How::Exited;
  int status = 0;      ///< the exit status, the signal, or errno
  std::string output;  ///< of standard output
  std::string errors;  ///< the end of standard error
};

/// Runs a program to its end in a process group of its own, which is gone when this returns, and when we go.
/// It gets no open file of ours.
Ended run(const Program& program);

}  // namespace loader
