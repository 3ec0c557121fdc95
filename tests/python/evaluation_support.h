#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "python/evaluation/interpreter.h"

namespace python::testing {

/// Knows no outside package but "outside"; notes what it is told.
class NotingHost : public Host {
 public:
  Outcome outside(Interpreter& in, std::string_view name) override;
  Outcome supplied(Interpreter& in, std::string_view name) override;
  void undecided(Interpreter& in, const Undecided& what) override;
  void uncaught(Interpreter& in, Value exception, const Location& location, std::string_view text) override;
  void reported(Interpreter& in, const base::Diagnostic& diagnostic) override;
  void class_created(Interpreter& in, Class& type) override;

  std::map<std::string, std::string, std::less<>> supplied_texts;
  std::vector<std::string> notes;  ///< "undecided 3 differs", "uncaught 2 ValueError: …"
  std::vector<std::string> classes;
};

/// A project of files in memory, below "/p".
class Project {
 public:
  explicit Project(std::vector<std::pair<std::string, std::string>> sources, Limits limits = {});
  /// One file, main.py.
  explicit Project(const std::string& main, Limits limits = {});
  Project(const Project&) = delete;
  Project& operator=(const Project&) = delete;
  /// repr of an expression in a module, which is imported first.
  std::string repr(const std::string& module, const std::string& expression);

  MemoryFiles files;
  NotingHost host;
  std::unique_ptr<Interpreter> interpreter;
};

/// repr of the variable `result` after the source has run.
std::string result_of(const std::string& source);

}  // namespace python::testing
