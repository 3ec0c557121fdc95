#include "python/evaluation/evaluator.h"
#include "python/evaluation/iterator.h"

namespace python {

using namespace syntax;

namespace {

using Element = std::function<Outcome(Scope&)>;

/// The loops of a comprehension from one `for` on. `first` is the iterable of the outermost, evaluated outside.
struct Loops {
  Interpreter& in;
  Scope& scope;
  Sequence<Comprehension> generators;
  Location location;
  const Element& element;
  const python::Unknown* incomplete = nullptr;

  Outcome run(std::size_t depth, std::optional<Value> first) {
    if (depth == generators.size()) return element(scope);
    const Comprehension& loop = *generators[depth];
    const Outcome iterable = first ? Outcome(*first) : evaluate(in, scope, loop.iter);
    if (!iterable) return raised;
    if (const python::Unknown* unknown = unknown_within(*iterable)) {
      incomplete = unknown;
      in.host().undecided(in, Undecided{Undecided::Construct::Comprehension, location, *unknown, true});
      if (iterable.as<python::Unknown>()) return absent;
    }
    const Outcome end = in.iterate(*iterable, [&](Value item) -> Outcome {
      if (!assign(in, scope, loop.target, item)) return raised;
      const Outcome passes = conditions(loop);
      if (!passes) return raised;
      return in.is_true(*passes) ? run(depth + 1, {}) : Outcome(absent);
    });
    if (const auto* unknown = end.as<python::Unknown>(); unknown && !iterable.as<python::Unknown>()) return end;
    return end;
  }

  Outcome conditions(const Comprehension& loop) {
    for (const Expr* condition : loop.ifs) {
      const Outcome truth = evaluate_condition(in, scope, condition);
      if (!truth) return raised;
      if (const auto* unknown = truth.as<python::Unknown>()) {
        incomplete = unknown;
        in.host().undecided(in, Undecided{Undecided::Construct::Comprehension, location, *unknown, true});
        if (!decided(in, *unknown, location)) return in.boolean(false);
        continue;
      }
      if (!truth.as<Bool>()->value) return truth;
    }
    return in.boolean(true);
  }
};

Scope& comprehension_scope(Interpreter& in, Scope& scope) { return new_scope(in, Scope::Kind::Comprehension, &scope); }

/// Runs a comprehension to its end; false if an exception was raised.
bool run(Interpreter& in, Scope& scope, Sequence<Comprehension> generators, Span span, const Element& element,
         const python::Unknown*& incomplete) {
  const Outcome first = evaluate(in, scope, generators[0]->iter);
  if (!first) return false;
  Loops loops{in, comprehension_scope(in, scope), generators, location_in(scope, span), element};
  const Outcome end = loops.run(0, *first);
  incomplete = loops.incomplete;
  if (const auto* unknown = end.as<python::Unknown>()) incomplete = unknown;
  return !end.is_raised();
}

bool too_many(Interpreter& in, std::size_t size) {
  in.state().bytes += sizeof(Value);
  return size >= in.state().limits.items;
}

}  // namespace

Outcome evaluate_list(Interpreter& in, Scope& scope, const ListComp& comprehension) {
  python::List* list = in.list();
  const Element element = [&](Scope& inner) -> Outcome {
    const Outcome value = evaluate(in, inner, comprehension.elt);
    if (!value) return raised;
    if (too_many(in, list->items.size())) return in.raise("MemoryError", "the list is too long");
    list->items.push_back(*value);
    return absent;
  };
  if (!run(in, scope, comprehension.generators, comprehension.span, element, list->incomplete)) return raised;
  if (list->incomplete && list->items.empty()) return derived(in, *list->incomplete);
  return list;
}

Outcome evaluate_set(Interpreter& in, Scope& scope, const SetComp& comprehension) {
  auto* set = in.make<python::Set>();
  const Element element = [&](Scope& inner) -> Outcome {
    const Outcome value = evaluate(in, inner, comprehension.elt);
    return value && in.set(set->table, *value, {}) ? Outcome(absent) : Outcome(raised);
  };
  if (!run(in, scope, comprehension.generators, comprehension.span, element, set->incomplete)) return raised;
  if (set->incomplete && set->table.empty()) return derived(in, *set->incomplete);
  return set;
}

Outcome evaluate_dict(Interpreter& in, Scope& scope, const DictComp& comprehension) {
  python::Dict* dict = in.dict();
  const Element element = [&](Scope& inner) -> Outcome {
    const Outcome key = evaluate(in, inner, comprehension.key);
    const Outcome value = key ? evaluate(in, inner, comprehension.value) : key;
    if (!value) return raised;
    if (const auto* unknown = key.as<python::Unknown>()) {
      dict->incomplete = unknown;
      return absent;
    }
    return in.set(dict->table, *key, *value) ? Outcome(absent) : Outcome(raised);
  };
  const python::Unknown* incomplete = nullptr;
  if (!run(in, scope, comprehension.generators, comprehension.span, element, incomplete)) return raised;
  if (incomplete) dict->incomplete = incomplete;
  if (dict->incomplete && dict->table.empty()) return derived(in, *dict->incomplete);
  return dict;
}

Outcome evaluate_generator(Interpreter& in, Scope& scope, const GeneratorExp& comprehension) {
  const Outcome first = evaluate(in, scope, comprehension.generators[0]->iter);
  if (!first) return raised;
  if (first.as<python::Unknown>()) {
    in.host().undecided(in, Undecided{Undecided::Construct::Comprehension, location_in(scope, comprehension.span),
                                      *first.as<python::Unknown>(), true});
    return first;
  }
  Scope* inner = &comprehension_scope(in, scope);
  const Value iterable = *first;
  return in.make<Generator>([inner, iterable, &comprehension](Interpreter& i, const Visit& visit) -> Outcome {
    const Element element = [&](Scope& at) -> Outcome {
      const Outcome value = evaluate(i, at, comprehension.elt);
      return value ? visit(*value) : Outcome(raised);
    };
    Loops loops{i, *inner, comprehension.generators, location_in(*inner, comprehension.span), element};
    const Outcome end = loops.run(0, iterable);
    if (end.is_absent() && loops.incomplete) return derived(i, *loops.incomplete);
    return end;
  });
}

}  // namespace python
