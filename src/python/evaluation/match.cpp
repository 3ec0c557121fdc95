#include <algorithm>
#include <string>

#include "python/evaluation/evaluator.h"

/// match and case.
namespace python {

using namespace syntax;

namespace {

/// True, False or Unknown as an Outcome.
struct Matcher {
  Interpreter& in;
  Scope& scope;

  Outcome yes() { return in.boolean(true); }
  Outcome no() { return in.boolean(false); }

  Outcome match(const Pattern* pattern, Value subject) {
    const Depth depth(in.state());
    if (depth.too_deep()) return in.raise("RecursionError", "maximum recursion depth exceeded");
    switch (pattern->kind) {
      case PatternKind::MatchValue:
        return value(*as<MatchValue>(pattern), subject);
      case PatternKind::MatchSingleton:
        return singleton(as<MatchSingleton>(pattern)->value, subject);
      case PatternKind::MatchSequence:
        return sequence(*as<MatchSequence>(pattern), subject);
      case PatternKind::MatchMapping:
        return mapping(*as<MatchMapping>(pattern), subject);
      case PatternKind::MatchClass:
        return of_class(*as<MatchClass>(pattern), subject);
      case PatternKind::MatchStar:
        return yes();
      case PatternKind::MatchAs:
        return capture(*as<MatchAs>(pattern), subject);
      case PatternKind::MatchOr:
        return alternatives(*as<MatchOr>(pattern), subject);
    }
    return no();
  }

  Outcome value(const MatchValue& pattern, Value subject) {
    const Outcome wanted = evaluate(in, scope, pattern.value);
    if (!wanted) return raised;
    const Outcome equal = in.compare(Comparison::Eq, subject, *wanted);
    return equal ? in.truth(*equal) : equal;
  }

  Outcome singleton(ConstantKind constant, Value subject) {
    if (subject.is_unknown()) return subject;
    if (constant == ConstantKind::None) return in.boolean(subject.is_none());
    const auto* known = subject.as<Bool>();
    return in.boolean(known && known->value == (constant == ConstantKind::True));
  }

  Outcome sequence(const MatchSequence& pattern, Value subject) {
    if (subject.is_unknown()) return subject;
    const auto* items = sequence_items(subject);
    if (!items) return no();
    const std::vector<Value> values = *items;
    const auto& parts = pattern.patterns;
    const auto star = std::find_if(parts.begin(), parts.end(),
                                   [](const Pattern* part) { return part->kind == PatternKind::MatchStar; });
    const bool has_star = star != parts.end();
    const std::size_t fixed = parts.size() - (has_star ? 1 : 0);
    if (values.size() < fixed || (!has_star && values.size() != fixed)) return no();
    const auto before = static_cast<std::size_t>(star - parts.begin());
    const std::size_t extra = values.size() - fixed;
    for (std::size_t at = 0; at < parts.size(); ++at) {
      if (const auto* rest = as<MatchStar>(parts[at])) {
        const auto from = values.begin() + static_cast<std::ptrdiff_t>(before);
        if (!rest->name.empty())
          bind_name(in, scope, rest->name, in.list({from, from + static_cast<std::ptrdiff_t>(extra)}));
        continue;
      }
      const Outcome result = match(parts[at], values[has_star && at > before ? at - 1 + extra : at]);
      if (!is_yes(result)) return result;
    }
    return yes();
  }

  static bool is_yes(const Outcome& outcome) { return outcome.as<Bool>() && outcome.as<Bool>()->value; }

  Outcome mapping(const MatchMapping& pattern, Value subject) {
    if (subject.is_unknown()) return subject;
    auto* dict = plain(subject).as<python::Dict>();
    if (!dict) return no();
    python::Dict* rest = in.dict();
    rest->table = dict->table;
    for (std::size_t at = 0; at < pattern.keys.size(); ++at) {
      const Outcome key = evaluate(in, scope, pattern.keys[at]);
      if (!key) return raised;
      const Value* found = in.find(dict->table, *key);
      if (!found) return dict->incomplete ? Outcome(derived(in, *dict->incomplete)) : no();
      const Outcome result = match(pattern.patterns[at], *found);
      if (!is_yes(result)) return result;
      if (const Value* left = in.find(rest->table, *key)) rest->table.erase(rest->table.position_of(left));
    }
    if (!pattern.rest.empty()) bind_name(in, scope, pattern.rest, rest);
    return yes();
  }

  /// Positional patterns: the value itself for built-in types, else `__match_args__`.
  Outcome positional(const MatchClass& pattern, Value type, Value subject) {
    const auto* known = type.as<Class>();
    const Outcome names = in.find_attribute(type, "__match_args__");
    const auto* list = names ? sequence_items(*names) : nullptr;
    for (std::size_t at = 0; at < pattern.patterns.size(); ++at) {
      if (!list) {
        if (at || !known || !known->layout)
          return in.raise("TypeError", in.shown(type) + "() accepts 0 positional sub-patterns");
        const Outcome result = match(pattern.patterns[0], subject);
        if (!is_yes(result)) return result;
        continue;
      }
      if (at >= list->size()) return in.raise("TypeError", in.shown(type) + "() has too many positional sub-patterns");
      const std::string* name = text_of((*list)[at]);
      const Outcome part = name ? in.find_attribute(subject, *name) : Outcome(absent);
      if (!part) return part.is_raised() ? part : no();
      const Outcome result = match(pattern.patterns[at], *part);
      if (!is_yes(result)) return result;
    }
    return yes();
  }

  Outcome of_class(const MatchClass& pattern, Value subject) {
    const Outcome type = evaluate(in, scope, pattern.cls);
    if (!type) return raised;
    const Outcome matches = in.is_instance(subject, *type);
    if (!is_yes(matches)) return matches;
    const Outcome first = positional(pattern, *type, subject);
    if (!is_yes(first)) return first;
    for (std::size_t at = 0; at < pattern.kwd_attrs.size(); ++at) {
      const Outcome part = in.find_attribute(subject, pattern.kwd_attrs[at]);
      if (!part) return part.is_raised() ? part : no();
      const Outcome result = match(pattern.kwd_patterns[at], *part);
      if (!is_yes(result)) return result;
    }
    return yes();
  }

  Outcome capture(const MatchAs& pattern, Value subject) {
    if (pattern.pattern) {
      const Outcome result = match(pattern.pattern, subject);
      if (!is_yes(result)) return result;
    }
    if (!pattern.name.empty()) bind_name(in, scope, pattern.name, subject);
    return yes();
  }

  Outcome alternatives(const MatchOr& pattern, Value subject) {
    Outcome unknown = absent;
    for (const Pattern* part : pattern.patterns) {
      const Outcome result = match(part, subject);
      if (!result || is_yes(result)) return result;
      if (result.as<python::Unknown>()) unknown = result;
    }
    return unknown.is_absent() ? no() : unknown;
  }
};

}  // namespace

Flow execute_match(Interpreter& in, Scope& scope, const Match& statement) {
  const Outcome subject = evaluate(in, scope, statement.subject);
  if (!subject) return Flow::Raised;
  Matcher matcher{in, scope};
  for (const MatchCase* one : statement.cases) {
    Outcome result = matcher.match(one->pattern, *subject);
    if (Matcher::is_yes(result) && one->guard) result = evaluate_condition(in, scope, one->guard);
    if (!result) return Flow::Raised;
    const auto* unknown = result.as<python::Unknown>();
    if (unknown)
      in.host().undecided(in,
                          Undecided{Undecided::Construct::Match, location_in(scope, statement.span), *unknown, true});
    const bool taken = unknown ? decided(in, *unknown, location_in(scope, statement.span)) : result.as<Bool>()->value;
    if (taken) return execute(in, scope, one->body);
  }
  return Flow::Next;
}

}  // namespace python
