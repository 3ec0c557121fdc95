#include "models/orm/annotation.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace models::orm {
using python::Class;
using python::Generic;
using python::Interpreter;
using python::Outcome;
using python::Str;
using python::Value;

namespace {
constexpr int deepest_annotation = 40;

constexpr std::array<std::string_view, 8> mapped_containers = {
    "sqlalchemy.orm.Mapped",          "sqlalchemy.orm.MappedColumn",       "sqlalchemy.orm.DynamicMapped",
    "sqlalchemy.orm.WriteOnlyMapped", "sqlalchemy.orm.Relationship",       "sqlalchemy.orm.Composite",
    "sqlalchemy.orm.Synonym",         "sqlalchemy.orm.MappedSQLExpression"};

bool has_origin(Value type, std::string_view qualified_name) {
  const Generic* generic = type.as<Generic>();
  return generic && is_external(generic->origin, qualified_name);
}

/// "a[b]" without blanks and bars before the bracket: {a, b}.
std::optional<std::pair<std::string_view, std::string_view>> peeled(std::string_view text) {
  if (!text.ends_with(']')) return std::nullopt;
  const std::size_t open = text.find('[');
  if (open == std::string_view::npos || open == 0 || open + 2 >= text.size()) return std::nullopt;
  const std::string_view container = text.substr(0, open);
  if (container.find_first_of(" |") != std::string_view::npos) return std::nullopt;
  return std::pair{container, text.substr(open + 1, text.size() - open - 2)};
}

bool names_annotated(std::string_view container) { return container.substr(container.rfind('.') + 1) == "Annotated"; }

/// Annotated without its metadata.
Value stripped(Value type, int depth = 0) {
  const Generic* generic = type.as<Generic>();
  if (!generic || depth > deepest_annotation) return type;
  if (is_annotated(type) && !generic->arguments.empty()) return stripped(generic->arguments.front(), depth + 1);
  return type;
}

Value with_stripped_arguments(Interpreter& interpreter, Value type, int depth = 0) {
  Generic* generic = type.as<Generic>();
  if (!generic || depth > deepest_annotation) return type;
  if (is_annotated(type)) return with_stripped_arguments(interpreter, stripped(type), depth + 1);
  std::vector<Value> arguments = generic->arguments;
  for (Value& argument : arguments) argument = with_stripped_arguments(interpreter, argument, depth + 1);
  return interpreter.make<Generic>(generic->origin, std::move(arguments));
}

bool same_arguments(Interpreter& interpreter, const Generic& left, const Generic& right, bool in_any_order) {
  if (left.arguments.size() != right.arguments.size()) return false;
  const auto matches = [&](Value one) {
    return std::ranges::any_of(right.arguments, [&](Value other) { return same_type(interpreter, one, other); });
  };
  if (in_any_order) return std::ranges::all_of(left.arguments, matches);
  for (std::size_t index = 0; index < left.arguments.size(); ++index) {
    if (!same_type(interpreter, left.arguments[index], right.arguments[index])) return false;
  }
  return true;
}

bool includes_none(Interpreter& interpreter, Value type, int depth) {
  if (depth > deepest_annotation) return false;
  if (is_none_type(type)) return true;
  if (python::TypeAlias* alias = type_alias(type)) {
    return includes_none(interpreter, alias_value(interpreter, *alias), depth + 1);
  }
  if (const python::NewType* made = type.as<python::NewType>()) {
    return includes_none(interpreter, made->supertype, depth + 1);
  }
  const Generic* generic = type.as<Generic>();
  if (!generic) return false;
  if (is_annotated(type)) {
    return !generic->arguments.empty() && includes_none(interpreter, generic->arguments.front(), depth + 1);
  }
  return is_union(type) && std::ranges::any_of(generic->arguments, [&](Value argument) {
           return includes_none(interpreter, argument, depth + 1);
         });
}
}  // namespace

bool is_external(Value value, std::string_view qualified_name) {
  const python::External* external = value.as<python::External>();
  return external && external->qualified_name == qualified_name;
}

bool is_union(Value type) { return has_origin(type, "typing.Union"); }
bool is_annotated(Value type) { return has_origin(type, "typing.Annotated"); }
bool is_literal(Value type) { return has_origin(type, "typing.Literal"); }
bool is_class_var(Value type) { return has_origin(type, "typing.ClassVar") || is_external(type, "typing.ClassVar"); }

bool is_none_type(Value type) {
  const Class* named = type.as<Class>();
  return type.is_none() || (named && named->builtin && named->qualified_name == "NoneType");
}

python::TypeAlias* type_alias(Value type) {
  if (const Generic* generic = type.as<Generic>()) return generic->origin.as<python::TypeAlias>();
  return type.as<python::TypeAlias>();
}

Value alias_value(Interpreter& interpreter, python::TypeAlias& alias) {
  return interpreter.settled(interpreter.value(alias), alias.location);
}

bool includes_none(Interpreter& interpreter, Value type) { return includes_none(interpreter, type, 0); }

Value without_none(Interpreter& interpreter, Value type) {
  const Generic* generic = type.as<Generic>();
  if (!generic || !is_union(type)) return type;
  std::vector<Value> kept;
  std::ranges::copy_if(generic->arguments, std::back_inserter(kept), [](Value part) { return !is_none_type(part); });
  if (kept.size() == generic->arguments.size() || kept.empty()) return type;
  if (kept.size() == 1) return kept.front();
  return interpreter.make<Generic>(generic->origin, std::move(kept));
}

bool same_type(Interpreter& interpreter, Value left, Value right) {
  if (left == right) return true;
  const Generic* one = left.as<Generic>();
  const Generic* other = right.as<Generic>();
  if (!one || !other) return !one && !other && interpreter.same(left, right);
  if (!same_type(interpreter, one->origin, other->origin)) return false;
  return same_arguments(interpreter, *one, *other, is_union(left) || is_literal(left));
}

std::optional<MappedAnnotation> mapped_annotation(Interpreter& interpreter, Value value) {
  const Generic* generic = value.as<Generic>();
  if (!generic || generic->arguments.empty()) return std::nullopt;
  for (std::string_view container : mapped_containers) {
    if (is_external(generic->origin, container)) return MappedAnnotation{generic->arguments.front(), container};
  }
  if (generic->origin.as<Class>() && interpreter.is_subclass_of(generic->origin, mapped_containers.front())) {
    return MappedAnnotation{generic->arguments.front(), mapped_containers.front()};
  }
  return std::nullopt;
}

bool loses_metadata(std::string_view text) {
  bool in_annotated = false;
  std::string_view rest = base::trimmed(text);
  while (const auto parts = peeled(rest)) {
    in_annotated = in_annotated || names_annotated(parts->first);
    rest = base::trimmed(parts->second);
  }
  const bool quoted =
      !rest.empty() && (rest.front() == '"' || rest.front() == '\'') && (rest.back() == '"' || rest.back() == '\'');
  return in_annotated && !quoted && rest.find_first_of("[]") == std::string_view::npos;
}

/// SQLAlchemy lets the names of the module win over those of the class.
std::vector<python::Dict*> AnnotationReader::namespaces() const {
  std::vector<python::Dict*> names;
  if (holder_.module) names.push_back(holder_.module->attributes);
  names.push_back(mapped_.attributes);
  return names;
}

Outcome AnnotationReader::evaluated(std::string_view text) const {
  const std::vector<python::Dict*> names = namespaces();
  const Outcome outcome = interpreter_.evaluate(text, holder_.location, names);
  if (outcome) return outcome;
  interpreter_.clear_exception();
  // A class inside of a function: SQLAlchemy would give up, the names are there nevertheless.
  if (holder_.scope) {
    const Outcome local = interpreter_.evaluate_in(holder_, text);
    if (local) return local;
    interpreter_.clear_exception();
  }
  return python::absent;
}

/// An annotation that Python keeps as a text alone.
Outcome AnnotationReader::evaluated(const python::Annotation& annotation) const {
  if (annotation.expression && annotation.location) {
    const std::vector<python::Dict*> names = namespaces();
    const Outcome outcome = interpreter_.evaluate(*annotation.expression, annotation.location.source, names);
    if (outcome) return outcome;
    interpreter_.clear_exception();
  }
  const Outcome local = interpreter_.value(annotation);
  if (local.is_raised()) interpreter_.clear_exception();
  return local ? local : Outcome(python::absent);
}

bool AnnotationReader::loses_metadata_of(std::string_view text) const {
  return quoting_ == Quoting::SqlAlchemy && loses_metadata(text);
}

Outcome AnnotationReader::outermost(Value value) const {
  const Str* text = value.as<Str>();
  if (!text) return value;
  const Outcome outcome = evaluated(text->text);
  if (!outcome || !loses_metadata_of(text->text)) return outcome;
  return with_stripped_arguments(interpreter_, *outcome);
}

Outcome AnnotationReader::value(const python::Annotation& annotation) const {
  if (annotation.is_text) {
    const Outcome outcome = evaluated(annotation);
    if (!outcome) return outcome;
    if (outcome.as<Str>()) return outermost(*outcome);
    return loses_metadata_of(annotation.text()) ? Outcome(with_stripped_arguments(interpreter_, *outcome)) : outcome;
  }
  const Outcome outcome = interpreter_.value(annotation);
  if (outcome) return outermost(*outcome);
  interpreter_.clear_exception();
  return python::absent;
}

Value AnnotationReader::resolved(Value value) const { return resolved(value, 0); }

Value AnnotationReader::resolved(Value value, int depth) const {
  if (depth > deepest_annotation) return value;
  if (const Str* text = value.as<Str>()) {
    const Outcome outcome = evaluated(text->text);
    if (outcome) return resolved(*outcome, depth + 1);
    return interpreter_.unknown("the annotation \"" + text->text + "\" cannot be evaluated", holder_.location);
  }
  Generic* generic = value.as<Generic>();
  if (!generic || is_literal(value)) return value;
  std::vector<Value> arguments = generic->arguments;
  bool changed = false;
  // The metadata of an Annotated stays as it is.
  const std::size_t count = is_annotated(value) ? std::min<std::size_t>(1, arguments.size()) : arguments.size();
  for (std::size_t index = 0; index < count; ++index) {
    const Value argument = resolved(arguments[index], depth + 1);
    changed = changed || argument != arguments[index];
    arguments[index] = argument;
  }
  if (!changed) return value;
  const std::vector<Value> index = std::move(arguments);
  // Through the interpreter, so that unions are flattened again.
  const Outcome made =
      interpreter_.subscript(generic->origin, index.size() == 1 ? index.front() : interpreter_.tuple(index));
  return interpreter_.settled(made, holder_.location);
}

}  // namespace models::orm
