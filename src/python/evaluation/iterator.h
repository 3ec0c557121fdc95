#pragma once

#include <functional>
#include <vector>

#include "python/evaluation/objects.h"

namespace python {

/// Walks over a list, which may grow meanwhile, or over a tuple.
struct SequenceIterator : Iterator {
  SequenceIterator(Value over, std::string_view type) : Iterator(type), sequence(over) {}
  Outcome next(Interpreter& interpreter) override;
  Value sequence;
  std::size_t at = 0;
};

/// Gives what a function gives, until that is absent.
struct FunctionIterator : Iterator {
  FunctionIterator(std::string_view type, std::function<Outcome(Interpreter&)> code)
      : Iterator(type), step(std::move(code)) {}
  Outcome next(Interpreter& interpreter) override { return step(interpreter); }
  std::function<Outcome(Interpreter&)> step;
};

using Visit = std::function<Outcome(Value)>;

/// A generator: runs its code with the consumer called at each `yield`. Who asks for single items gets them from a
/// run that went ahead, of at most `most_ahead` items.
struct Generator : Iterator {
  static constexpr std::size_t most_ahead = 10'000;
  using Run = std::function<Outcome(Interpreter&, const Visit&)>;
  explicit Generator(Run code) : Iterator("generator"), run(std::move(code)) {}
  Outcome next(Interpreter& interpreter) override;

  Run run;  ///< absent at the end, or what the visit gave
  bool started = false;
  bool failed = false;   ///< an exception comes behind the collected items
  bool cut_off = false;  ///< there are more items than were collected
  Value exception;
  Value returned;
  std::vector<Value> items;
  std::size_t at = 0;
};

}  // namespace python
