#include <algorithm>
#include <string>

#include "python/evaluation/evaluator.h"
#include "python/evaluation/mangling.h"
#include "python/library/library.h"

namespace python {

using namespace syntax;

namespace {

bool assign_unknown(Interpreter& in, Scope& scope, Sequence<Expr> targets, Value unknown) {
  for (const Expr* target : targets) {
    const auto* starred = as<Starred>(target);
    if (!assign(in, scope, starred ? starred->value : target, unknown)) return false;
  }
  return true;
}

bool unpack(Interpreter& in, Scope& scope, Sequence<Expr> targets, Value value) {
  const Outcome unpacked = in.items(value);
  if (!unpacked) return false;
  const auto* list = unpacked.as<python::List>();
  if (!list || list->incomplete)
    return assign_unknown(in, scope, targets, list ? Value(const_cast<python::Unknown*>(list->incomplete)) : *unpacked);
  const std::vector<Value>& items = list->items;
  const auto star = std::find_if(targets.begin(), targets.end(),
                                 [](const Expr* target) { return target->kind == ExprKind::Starred; });
  const auto before = static_cast<std::size_t>(star - targets.begin());
  const bool has_star = star != targets.end();
  const std::size_t plain_count = targets.size() - (has_star ? 1 : 0);
  if (items.size() < plain_count) {
    return in.raise("ValueError", "not enough values to unpack (expected " + std::to_string(plain_count) + ", got " +
                                      std::to_string(items.size()) + ")"),
           false;
  }
  if (!has_star && items.size() > plain_count)
    return in.raise("ValueError", "too many values to unpack (expected " + std::to_string(plain_count) + ")"), false;
  const std::size_t extra = items.size() - plain_count;
  for (std::size_t at = 0; at < targets.size(); ++at) {
    const auto* starred = as<Starred>(targets[at]);
    if (starred) {
      const auto from = items.begin() + static_cast<std::ptrdiff_t>(before);
      if (!assign(in, scope, starred->value, in.list({from, from + static_cast<std::ptrdiff_t>(extra)}))) return false;
      continue;
    }
    const std::size_t from = has_star && at > before ? at - 1 + extra : at;
    if (!assign(in, scope, targets[at], items[from])) return false;
  }
  return true;
}

void record_place(Scope& scope, std::string_view name, Span span) {
  if (scope.kind != Scope::Kind::Class) return;
  for (auto& [known, location] : scope.places)
    if (known == name) return void(location = location_in(scope, span));
  scope.places.emplace_back(name, location_in(scope, span));
}

bool assign_attribute(Interpreter& in, Scope& scope, const Attribute& target, Value value) {
  const Outcome object = evaluate(in, scope, target.value);
  if (!object) return false;
  return static_cast<bool>(in.set_attribute(*object, mangled(in, scope, target.attr), value));
}

bool assign_item(Interpreter& in, Scope& scope, const Subscript& target, Value value) {
  const Outcome object = evaluate(in, scope, target.value);
  if (!object) return false;
  const Outcome index = evaluate(in, scope, target.slice);
  if (!index) return false;
  return static_cast<bool>(in.set_item(*object, *index, value));
}

/// What a configuration supplies for a name of a module.
Value supplied_or(Interpreter& in, const Scope& scope, std::string_view name, Value value) {
  if (scope.kind != Scope::Kind::Module || !scope.module) return value;
  const Outcome supplied = in.host().supplied(in, scope.module->name + "." + std::string(name));
  return supplied ? *supplied : value;
}

}  // namespace

bool assign(Interpreter& in, Scope& scope, const Expr* target, Value value) {
  switch (target->kind) {
    case ExprKind::Name: {
      const auto* name = as<Name>(target);
      record_place(scope, name->id, name->span);
      if (scope.enumeration) {
        const Outcome member = library::enum_assignment(in, scope, name->id, value);
        if (!member) return false;
        value = *member;
      }
      bind_name(in, scope, name->id, supplied_or(in, scope, name->id, value));
      return true;
    }
    case ExprKind::Attribute:
      return assign_attribute(in, scope, *as<Attribute>(target), value);
    case ExprKind::Subscript:
      return assign_item(in, scope, *as<Subscript>(target), value);
    case ExprKind::Tuple:
      return unpack(in, scope, as<syntax::Tuple>(target)->elts, value);
    case ExprKind::List:
      return unpack(in, scope, as<syntax::List>(target)->elts, value);
    case ExprKind::Starred:
      return assign(in, scope, as<Starred>(target)->value, value);
    default:
      return in.raise("SyntaxError", "cannot assign to this expression"), false;
  }
}

Flow execute_assign(Interpreter& in, Scope& scope, const Assign& statement) {
  const Outcome value = evaluate(in, scope, statement.value);
  if (!value) return Flow::Raised;
  for (const Expr* target : statement.targets)
    if (!assign(in, scope, target, *value)) return Flow::Raised;
  return Flow::Next;
}

Flow execute_annotated(Interpreter& in, Scope& scope, const AnnAssign& statement) {
  if (statement.value) {
    const Outcome value = evaluate(in, scope, statement.value);
    if (!value || !assign(in, scope, statement.target, *value)) return Flow::Raised;
  }
  const auto* name = as<Name>(statement.target);
  if (name && statement.simple && scope.kind == Scope::Kind::Class) annotate(in, scope, statement, name->id);
  return Flow::Next;
}

namespace {

std::string_view in_place_method(Operator op) {
  constexpr std::string_view names[] = {"__iadd__", "__isub__", "__imul__",     "__imatmul__", "__itruediv__",
                                        "__imod__", "__ipow__", "__ilshift__",  "__irshift__", "__ior__",
                                        "__ixor__", "__iand__", "__ifloordiv__"};
  return names[static_cast<std::size_t>(op)];
}

Outcome extended_list(Interpreter& in, python::List& list, Value more) {
  const Outcome items = in.items(more);
  if (!items) return raised;
  const auto* fresh = items.as<python::List>();
  if (!fresh || fresh->incomplete) list.incomplete = fresh ? fresh->incomplete : items.as<python::Unknown>();
  if (fresh) list.items.insert(list.items.end(), fresh->items.begin(), fresh->items.end());
  if (list.items.size() > in.state().limits.items) return in.raise("MemoryError", "the list is too long");
  return &list;
}

Outcome in_place(Interpreter& in, Operator op, Value left, Value right) {
  if (const Outcome method = special_method(in, left, in_place_method(op)); !method.is_absent()) {
    if (!method) return raised;
    const Outcome result = in.call(*method, {right});
    if (!result || result.value().kind() != Kind::NotImplemented) return result;
  }
  if (auto* list = left.as<python::List>(); list && op == Operator::Add) return extended_list(in, *list, right);
  auto* set = left.as<python::Set>();
  if (set && !set->frozen && right.as<python::Set>()) {
    const Outcome result = in.binary(static_cast<Binary>(op), left, right);
    if (!result) return raised;
    set->table = result.as<python::Set>()->table;
    return left;
  }
  if (auto* dict = left.as<python::Dict>(); dict && op == Operator::BitOr) {
    const Outcome updated = in.call(*in.attribute(left, "update"), {right});
    return updated ? Outcome(left) : updated;
  }
  return in.binary(static_cast<Binary>(op), left, right);
}

}  // namespace

Flow execute_augmented(Interpreter& in, Scope& scope, const AugAssign& statement) {
  std::optional<Value> object, index;
  Outcome before = absent;
  if (const auto* target = as<Attribute>(statement.target)) {
    const Outcome value = evaluate(in, scope, target->value);
    if (!value) return Flow::Raised;
    object = *value;
    before = in.attribute(*value, mangled(in, scope, target->attr));
  } else if (const auto* item = as<Subscript>(statement.target)) {
    const Outcome value = evaluate(in, scope, item->value);
    const Outcome at = value ? evaluate(in, scope, item->slice) : value;
    if (!at) return Flow::Raised;
    object = *value;
    index = *at;
    before = in.subscript(*value, *at);
  } else {
    before = evaluate(in, scope, statement.target);
  }
  const Outcome right = before ? evaluate(in, scope, statement.value) : before;
  const Outcome after = right ? in_place(in, statement.op, *before, *right) : right;
  if (!after) return Flow::Raised;
  if (index) return in.set_item(*object, *index, *after) ? Flow::Next : Flow::Raised;
  if (object) {
    const std::string_view name = mangled(in, scope, as<Attribute>(statement.target)->attr);
    return in.set_attribute(*object, name, *after) ? Flow::Next : Flow::Raised;
  }
  return assign(in, scope, statement.target, *after) ? Flow::Next : Flow::Raised;
}

namespace {

bool delete_target(Interpreter& in, Scope& scope, const Expr* target) {
  if (const auto* name = as<Name>(target)) {
    if (unbind_name(in, scope, name->id)) return true;
    return in.raise("NameError", "name '" + std::string(name->id) + "' is not defined"), false;
  }
  if (const auto* attribute = as<Attribute>(target)) {
    const Outcome object = evaluate(in, scope, attribute->value);
    return object && in.delete_attribute(*object, mangled(in, scope, attribute->attr));
  }
  if (const auto* item = as<Subscript>(target)) {
    const Outcome object = evaluate(in, scope, item->value);
    const Outcome index = object ? evaluate(in, scope, item->slice) : object;
    return index && in.delete_item(*object, *index);
  }
  const auto* tuple = as<syntax::Tuple>(target);
  const auto* list = as<syntax::List>(target);
  const Sequence<Expr> parts = tuple ? tuple->elts : list ? list->elts : Sequence<Expr>();
  return std::all_of(parts.begin(), parts.end(), [&](const Expr* part) { return delete_target(in, scope, part); });
}

}  // namespace

Flow execute_delete(Interpreter& in, Scope& scope, const Delete& statement) {
  for (const Expr* target : statement.targets)
    if (!delete_target(in, scope, target)) return Flow::Raised;
  return Flow::Next;
}

void target_names(const Expr* target, std::vector<std::string_view>& names) {
  if (const auto* name = as<Name>(target)) names.push_back(name->id);
  if (const auto* starred = as<Starred>(target)) target_names(starred->value, names);
  const auto* tuple = as<syntax::Tuple>(target);
  const auto* list = as<syntax::List>(target);
  const Sequence<Expr> parts = tuple ? tuple->elts : list ? list->elts : Sequence<Expr>();
  for (const Expr* part : parts) target_names(part, names);
}

namespace {

void import_names(Sequence<Alias> aliases, std::vector<std::string_view>& names) {
  for (const Alias* alias : aliases)
    if (alias->name != "*")
      names.push_back(alias->asname.empty() ? alias->name.substr(0, alias->name.find('.')) : alias->asname);
}

void names_bound_by(const Stmt* statement, std::vector<std::string_view>& names) {
  if (const auto* definition = function(statement)) names.push_back(definition->name);
  if (const auto* type = as<ClassDef>(statement)) names.push_back(type->name);
  if (const auto* assignment = as<Assign>(statement))
    for (const Expr* target : assignment->targets) target_names(target, names);
  if (const auto* annotated = as<AnnAssign>(statement); annotated && annotated->value)
    target_names(annotated->target, names);
  if (const auto* augmented = as<AugAssign>(statement)) target_names(augmented->target, names);
  if (const auto* alias = as<syntax::TypeAlias>(statement)) target_names(alias->name, names);
  if (const auto* imported = as<Import>(statement)) import_names(imported->names, names);
  if (const auto* imported = as<ImportFrom>(statement)) import_names(imported->names, names);
  if (statement->kind == StmtKind::For || statement->kind == StmtKind::AsyncFor) {
    const auto* loop = static_cast<const For*>(statement);
    target_names(loop->target, names);
    bound_names(loop->body, names);
    bound_names(loop->orelse, names);
  }
  if (const auto* loop = as<While>(statement)) bound_names(loop->body, names);
  if (const auto* condition = as<If>(statement)) {
    bound_names(condition->body, names);
    bound_names(condition->orelse, names);
  }
  if (statement->kind == StmtKind::With || statement->kind == StmtKind::AsyncWith) {
    const auto* with = static_cast<const With*>(statement);
    for (const WithItem* item : with->items)
      if (item->optional_vars) target_names(item->optional_vars, names);
    bound_names(with->body, names);
  }
  if (const auto* attempt = try_statement(statement)) {
    bound_names(attempt->body, names);
    for (const ExceptHandler* handler : attempt->handlers) bound_names(handler->body, names);
    bound_names(attempt->orelse, names);
    bound_names(attempt->finalbody, names);
  }
  if (const auto* match = as<Match>(statement))
    for (const MatchCase* one : match->cases) bound_names(one->body, names);
}

}  // namespace

void bound_names(Sequence<Stmt> body, std::vector<std::string_view>& names) {
  for (const Stmt* statement : body) names_bound_by(statement, names);
}

}  // namespace python
