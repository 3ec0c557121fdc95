// @compiles: the functions of a project that write its own types, expressions and DDL elements, and the compiler,
// dialect and identifier preparer that they see.
#include "base/text.h"
#include "models/context.h"
#include "models/core/expression_internal.h"
#include "models/core/objects.h"
#include "models/core/state.h"
#include "models/core/type_internal.h"
#include "models/core/type_values.h"
#include "models/core/values.h"
#include "sql/quote.h"

namespace models {
namespace {

using python::Arguments;
using python::Interpreter;
using python::Outcome;
using python::Value;

Outcome quoted_name_of(Context& context, Value value) {
  const Value name = as_table(value) ? context.interpreter->str(as_table(value)->name.text) : value;
  if (const std::string* text = text_in(name)) {
    return context.interpreter->str(sql::quoted(schema::Name{*text}));
  }
  if (ColumnObject* column = as_column(context, value)) {
    return context.interpreter->str(sql::quoted(schema::Name{catalog_name(column->name)}));
  }
  return unknown_value(context, "the name is not known");
}

Outcome formatted_table(Context& context, Value value) {
  const TableObject* table = as_table(value);
  if (!table) return quoted_name_of(context, value);
  std::string text = sql::quoted(schema::Name{catalog_name(table->name)});
  if (!table->schema.empty()) text = sql::quoted(schema::Name{catalog_name(table->schema)}) + "." + text;
  return context.interpreter->str(text);
}

class PreparerObject final : public python::HostObject {
 public:
  std::string_view type_name() const override { return "sqlalchemy.IdentifierPreparer"; }

  Outcome attribute(Interpreter& interpreter, std::string_view name) override {
    Context& shared = context(interpreter);
    const bool table = name == "format_table";
    const bool known = table || name == "quote" || name == "quote_identifier" || name == "quote_schema" ||
                       name == "format_column" || name == "format_schema" || name == "format_index" ||
                       name == "format_constraint" || name == "format_sequence";
    if (!known) return unknown_value(shared, "the identifier preparer's " + std::string(name) + " is not known");
    return method(interpreter, "sqlalchemy.quote", [&shared, table](Interpreter&, Arguments& given) -> Outcome {
      const Value what = argument(given, 0, "ident");
      return table ? formatted_table(shared, what) : quoted_name_of(shared, what);
    });
  }
};

class DialectObject final : public python::HostObject {
 public:
  std::string_view type_name() const override { return "sqlalchemy.Dialect"; }

  Outcome attribute(Interpreter& interpreter, std::string_view name) override {
    Context& shared = context(interpreter);
    if (name == "name") return interpreter.str("postgresql");
    if (name == "type_descriptor") {
      return method(interpreter, "sqlalchemy.type_descriptor", [&shared](Interpreter&, Arguments& given) -> Outcome {
        return type_instance(shared, argument(given, 0, "typeobj"));
      });
    }
    if (name == "identifier_preparer") return interpreter.make<PreparerObject>();
    if (name == "supports_native_uuid" || name == "supports_native_boolean" || name == "supports_native_enum" ||
        name == "supports_schemas" || name == "supports_comments" || name == "supports_sequences") {
      return interpreter.boolean(true);
    }
    return unknown_value(shared, "the dialect's " + std::string(name) + " is known only to a connection");
  }
};

class CompilerObject final : public python::HostObject {
 public:
  explicit CompilerObject(bool with_table) : with_table_(with_table) {}

  std::string_view type_name() const override { return "sqlalchemy.Compiled"; }

  Outcome attribute(Interpreter& interpreter, std::string_view name) override {
    Context& shared = context(interpreter);
    if (name == "dialect") return dialect_object(shared);
    if (name == "preparer") return interpreter.make<PreparerObject>();
    if (name == "sql_compiler" || name == "type_compiler" || name == "type_compiler_instance") return this;
    if (name == "process") {
      return method(interpreter, "sqlalchemy.process", [this, &shared](Interpreter&, Arguments& given) -> Outcome {
        return process(shared, argument(given, 0, "obj"));
      });
    }
    if (name == "render_literal_value") {
      return method(interpreter, "sqlalchemy.render_literal_value",
                    [&shared](Interpreter&, Arguments& given) -> Outcome {
                      return as_text(shared, written_literal(shared, argument(given, 0, "value"),
                                                             type_from(shared, argument(given, 1, "type_"))));
                    });
    }
    if (name.starts_with("visit_")) return visit(interpreter, std::string(name.substr(6)));
    return unknown_value(shared, "the compiler's " + std::string(name) + " is not known");
  }

 private:
  static Outcome as_text(Context& shared, const WrittenExpression& text) {
    if (text.known()) return shared.interpreter->str(text.sql);
    return text.unknown.is_unknown() ? text.unknown : unknown_value(shared, text.refused);
  }

  Outcome process(Context& shared, Value value) const {
    if (is_type_value(value)) return type_text(shared, type_from(shared, value));
    if (ExpressionObject* expression = as_expression(shared, value)) {
      return as_text(shared, written(shared, *expression, with_table_));
    }
    if (value.is_unknown()) return value;
    return unknown_value(shared, "a " + shared.interpreter->type_name(value) + " cannot be compiled");
  }

  static Outcome type_text(Context& shared, const TypePointer& type) {
    if (!type->unknown.empty()) return unknown_value(shared, type->unknown);
    return shared.interpreter->str(written(*type));
  }

  /// compiler.visit_VARCHAR(element): the element as that kind of type, or as what its base is.
  Outcome visit(Interpreter& interpreter, std::string name) const {
    Context& shared = context(interpreter);
    return method(interpreter, "sqlalchemy.visit", [this, &shared, name](Interpreter&, Arguments& given) -> Outcome {
      const Value element = argument(given, 0, "element");
      if (is_type_value(element)) return type_text(shared, type_visited_as(shared, element, name));
      return process(shared, element);
    });
  }

  bool with_table_;
};

/// The function for PostgreSQL of a class itself, or the one for all dialects.
const Compilation* compilation_of(const CoreState& state, Value type) {
  const Compilation* general = nullptr;
  for (auto entry = state.compilations.rbegin(); entry != state.compilations.rend(); ++entry) {
    if (!(entry->target == type)) continue;
    if (entry->dialect == "postgresql") return &*entry;
    if (entry->dialect.empty() && !general) general = &*entry;
  }
  return general;
}

}  // namespace

Value compiler_object(Context& context, bool with_table) {
  return context.interpreter->make<CompilerObject>(with_table);
}

Value dialect_object(Context& context) { return context.interpreter->make<DialectObject>(); }

Outcome compiled_by_project(Context& context, Value type, Value element, bool with_table) {
  const auto* known = type.as<python::Class>();
  const std::vector<Value> line = known ? known->mro : std::vector<Value>{type};
  const CoreState& shared = state(context);
  if (shared.compilations.empty()) return python::absent;
  for (const Value base : line) {
    const Compilation* found = compilation_of(shared, base);
    if (!found) continue;
    const Value function = found->function;
    return context.interpreter->call(function, {element, compiler_object(context, with_table)});
  }
  return python::absent;
}

ExpressionObject* compiled_expression(Context& context, Value value) {
  auto* instance = value.as<python::Instance>();
  if (!instance) return nullptr;
  if (auto* known = dynamic_cast<ExpressionObject*>(instance->host)) return known;
  const auto derives = [&](std::string_view base) { return class_derives_from(Value(instance->type), base); };
  if (instance->host) return nullptr;
  ExpressionObject* made = nullptr;
  if (derives("sqlalchemy.FunctionElement") || derives("sqlalchemy.Function") ||
      derives("sqlalchemy.sql.functions.GenericFunction")) {
    made = function_instance(context, *instance, {});
  } else if (derives("sqlalchemy.ColumnElement") || derives("sqlalchemy.ClauseElement") ||
             derives("sqlalchemy.column") || derives("sqlalchemy.UnaryExpression")) {
    made = context.interpreter->make<ExpressionObject>(ExpressionKind::Compiled);
    made->value = value;
    const Value type = attribute_or_none(context, value, "type");
    made->type = is_type_value(type) ? type_from(context, type) : plain_type("NullType");
  }
  instance->host = made;
  return made;
}

}  // namespace models
