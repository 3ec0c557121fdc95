#include "models/watch.h"

#include <algorithm>
#include <array>

#include "models/context.h"
#include "models/core/objects.h"
#include "models/orm/objects.h"
#include "python/evaluation/interpreter.h"

namespace models {
using python::Arguments;
using python::Interpreter;
using python::Undecided;
using python::Value;

namespace {
/// What makes a branch a matter of the schema, and what shows that it is about running only.
constexpr std::array<std::string_view, 16> schema_words = {
    "Column",  "Table(", "mapped_column", "Mapped[",      "ForeignKey", "Constraint(", "Index(",    "metadata",
    "__table", "String", "Integer",       "relationship", "Base",       "Enum",        "register(", "Field("};
constexpr std::array<std::string_view, 12> runtime_words = {
    "create_engine", "create_async_engine", "sessionmaker",       "logging",  "logger",  "log.", "print(",
    "warnings.",     "connect_args",        "async_sessionmaker", "Session(", "sys.exit"};

template <class Words>
bool mentions(std::string_view text, const Words& words) {
  return std::ranges::any_of(words, [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

std::string_view construct_name(Undecided::Construct construct) {
  switch (construct) {
    case Undecided::Construct::If:
    case Undecided::Construct::Conditional:
    case Undecided::Construct::BoolOp:
      return "the condition";
    case Undecided::Construct::For:
    case Undecided::Construct::While:
      return "the loop";
    case Undecided::Construct::Comprehension:
      return "the comprehension";
    case Undecided::Construct::Match:
      return "the match";
    case Undecided::Construct::Assert:
      break;
  }
  return "the assertion";
}

/// A MetaData, or a base that models are made from: who gets it may make tables.
bool may_make_tables(Value value) {
  if (as_metadata(value)) return true;
  const auto* type = value.as<python::Class>();
  return type && type->own("_sa_registry") && !orm::nearest_mapping(*type);
}

class WatchingHost final : public python::Host {
 public:
  explicit WatchingHost(std::set<std::string> relevant) : relevant_(std::move(relevant)) {}

  void undecided(Interpreter& interpreter, const Undecided& undecided) override {
    if (!undecided.differs || undecided.construct == Undecided::Construct::Assert) return;
    if (!is_relevant(undecided.location)) return;
    const std::string_view source = text(undecided.location);
    if (mentions(source, runtime_words) && !mentions(source, schema_words)) return;
    report_unresolved(interpreter, undecided.location,
                      std::string(construct_name(undecided.construct)) + " decides what is defined, and " +
                          undecided.condition.reason);
  }

  void unknown_called(Interpreter& interpreter, const python::Unknown& callee, const Arguments& arguments) override {
    const auto given = [](const auto& item) { return may_make_tables(item); };
    const bool gets_hold =
        std::ranges::any_of(arguments.positional, given) ||
        std::ranges::any_of(arguments.keywords, [&](const auto& item) { return given(item.second); });
    if (!gets_hold) return;
    report_unresolved(interpreter, arguments.location, "what is called here may define tables, and " + callee.reason);
    for (const Value& value : arguments.positional) {
      if (MetaDataObject* metadata = as_metadata(value); metadata && !metadata->incomplete)
        metadata->incomplete = &callee;
    }
  }

  void uncaught(Interpreter& interpreter, Value, const python::Location& location, std::string_view text) override {
    if (!is_relevant(location)) return;
    report_unresolved(interpreter, location, "what follows here cannot be read: " + std::string(text));
  }

 private:
  bool is_relevant(const python::Location& location) const {
    return location && relevant_.contains(location.source->shown);
  }

  std::set<std::string> relevant_;
};
}  // namespace

std::unique_ptr<python::Host> watching_host(std::set<std::string> relevant) {
  return std::make_unique<WatchingHost>(std::move(relevant));
}

}  // namespace models
