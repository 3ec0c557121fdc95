#include <algorithm>
#include <string>

#include "python/evaluation/evaluator.h"
#include "python/syntax/parser.h"

namespace python {

using namespace syntax;

void annotate(Interpreter& in, Scope& scope, const AnnAssign& statement, std::string_view name) {
  Annotation annotation;
  annotation.name = name;
  annotation.expression = statement.annotation;
  annotation.scope = &scope;
  annotation.location = location_in(scope, statement.span);
  annotation.is_text = scope.module && scope.module->future_annotations;
  if (!annotation.is_text) {
    const Outcome value = evaluate(in, scope, statement.annotation);
    if (value) annotation.value = *value;
    if (value.is_raised()) in.clear_exception();
  }
  const auto same_name = [&](const Annotation& other) { return other.name == name; };
  const auto known = std::find_if(scope.annotations.begin(), scope.annotations.end(), same_name);
  if (known != scope.annotations.end()) {
    *known = annotation;
  } else {
    scope.annotations.push_back(annotation);
  }
  if (Value* dict = scope.names->find("__annotations__"))
    if (auto* made = dict->as<python::Dict>())
      in.set(*made, name, annotation.value.value_or(in.str(annotation.text())));
}

Value body_annotations(Interpreter& in, Scope& scope) {
  if (Value* known = scope.names->find("__annotations__")) return *known;
  python::Dict* dict = in.dict();
  for (const Annotation& annotation : scope.annotations)
    in.set(*dict, annotation.name, annotation.value.value_or(in.str(annotation.text())));
  in.set(*scope.names, "__annotations__", dict);
  return dict;
}

Outcome annotations_dict(Interpreter& in, Class& type) {
  if (Value* own = type.own("__annotations__")) return *own;
  python::Dict* dict = in.dict();
  for (const Annotation& annotation : type.annotations) {
    const Outcome value = annotation.is_text ? Outcome(in.str(annotation.text())) : in.value(annotation);
    if (value.is_raised()) in.clear_exception();
    in.set(*dict, annotation.name, value ? *value : in.str(annotation.text()));
  }
  if (!type.builtin) in.set(*type.attributes, "__annotations__", dict);
  return dict;
}

std::vector<Annotation> Interpreter::annotations(Class& type) {
  const Value* own = type.own("__annotations__");
  auto* dict = own ? own->as<python::Dict>() : nullptr;
  if (!dict) return type.annotations;
  std::vector<Annotation> result;
  for (const auto& entry : dict->table.entries()) {
    const std::string* name = text_of(entry.key);
    if (!name) continue;
    const auto written = std::find_if(type.annotations.begin(), type.annotations.end(),
                                      [&](const Annotation& a) { return a.name == *name; });
    if (written != type.annotations.end()) {
      const std::string* text = text_of(entry.value);
      const bool untouched = (text && *text == written->text()) || (written->value && *written->value == entry.value);
      result.push_back(*written);
      if (!untouched) {
        result.back().value = entry.value;
        result.back().is_text = false;
      }
      continue;
    }
    Annotation added;
    added.name = intern(*name);
    added.value = entry.value;
    added.location = type.location;
    result.push_back(added);
  }
  return result;
}

Outcome Interpreter::value(const Annotation& annotation) {
  if (annotation.value) return *annotation.value;
  if (!annotation.expression || !annotation.scope) return absent;
  const Here here(state(), annotation.location);
  return python::evaluate(*this, *annotation.scope, annotation.expression);
}

Outcome Interpreter::value(python::TypeAlias& alias) {
  if (alias.value) return *alias.value;
  if (!alias.expression || !alias.scope) return absent;
  const Outcome value = python::evaluate(*this, *alias.scope, alias.expression);
  if (value) alias.value = *value;
  return value;
}

Outcome Interpreter::return_annotation(const Function& function) {
  if (!function.definition || !function.definition->returns) return absent;
  return python::evaluate(*this, *function.scope, function.definition->returns);
}

Outcome Interpreter::parameter_annotation(const Function& function, std::string_view parameter) {
  const auto& parameters = *function.parameters;
  for (const auto& group : {parameters.posonlyargs, parameters.args, parameters.kwonlyargs})
    for (const Arg* argument : group)
      if (argument->arg == parameter)
        return argument->annotation ? python::evaluate(*this, *function.scope, argument->annotation) : Outcome(absent);
  return absent;
}

Outcome Interpreter::evaluate(const Expr& expression, const Source* source, std::span<python::Dict* const> namespaces) {
  Scope* scope = nullptr;
  for (std::size_t at = namespaces.size(); at-- > 0;) {
    Scope& inner = new_scope(*this, Scope::Kind::Comprehension, scope);
    inner.names = namespaces[at];
    inner.source = source;
    scope = &inner;
  }
  if (!scope) return absent;
  Scope& own = new_scope(*this, Scope::Kind::Comprehension, scope);
  own.source = source;
  return python::evaluate(*this, own, &expression);
}

namespace {

/// Parses a text that is evaluated; its places are those of where it stands.
const ParsedFile* parsed_text(Interpreter& in, std::string_view text, const Location& location) {
  auto file = std::make_unique<ParsedFile>();
  file->source.path = "<text>";
  file->source.shown = location.source ? location.source->shown : "";
  ParseResult result = parse_expression(std::string(text));
  if (result) {
    file->tree = std::move(*result);
    file->source.tree = file->tree.get();
  } else {
    file->error = result.error();
  }
  return in.state().parsed_texts.emplace_back(std::move(file)).get();
}

}  // namespace

Outcome Interpreter::evaluate(std::string_view text, Location location, std::span<python::Dict* const> namespaces) {
  const ParsedFile* file = parsed_text(*this, text, location);
  if (!file->tree || !file->tree->expression)
    return raise("SyntaxError", file->error ? file->error->message : "invalid syntax");
  const Here here(state(), location);
  return evaluate(*file->tree->expression, &file->source, namespaces);
}

Outcome Interpreter::evaluate_in(const Class& type, std::string_view text) {
  const ParsedFile* file = parsed_text(*this, text, type.location);
  if (!file->tree || !file->tree->expression)
    return raise("SyntaxError", file->error ? file->error->message : "invalid syntax");
  const Here here(state(), type.location);
  Scope& scope = new_scope(*this, Scope::Kind::TypeParameters,
                           type.scope    ? type.scope
                           : type.module ? type.module->scope
                                         : nullptr);
  scope.source = &file->source;
  if (!scope.module) scope.module = type.module;
  return python::evaluate(*this, scope, file->tree->expression);
}

}  // namespace python
