#include "models/core/ddl.h"

#include <algorithm>

#include "base/text.h"
#include "models/context.h"
#include "models/core/expression_internal.h"
#include "models/core/names.h"
#include "models/core/schema_internal.h"
#include "models/core/state.h"
#include "models/core/values.h"
#include "sql/quote.h"

namespace models {
using python::Arguments;
using python::Interpreter;
using python::Outcome;
using python::Value;

namespace {

/// The connection that listeners see: what they execute is kept.
class ConnectionObject final : public python::HostObject {
 public:
  ConnectionObject(Sent& sent, const TableObject* table, bool before, SchemaItem& target)
      : sent_(&sent), table_(table), before_(before), target_(&target) {}

  std::string_view type_name() const override { return "sqlalchemy.Connection"; }

  Outcome attribute(Interpreter& interpreter, std::string_view name) override {
    Context& shared = context(interpreter);
    if (name == "dialect") return dialect_object(shared);
    if (name == "engine" || name == "connection" || name == "bind") return this;
    if (name == "execute" || name == "scalar" || name == "exec_driver_sql" || name == "scalars") {
      return method(interpreter, "sqlalchemy.Connection.execute",
                    [this, &shared](Interpreter&, Arguments& given) -> Outcome {
                      execute(shared, argument(given, 0, "statement"));
                      return unknown_value(shared, "what a statement gives is known only to a server");
                    });
    }
    if (name == "commit" || name == "rollback" || name == "close") {
      return ignored_method(interpreter, "sqlalchemy.Connection.commit");
    }
    return unknown_value(shared, "the connection's " + std::string(name) + " is known only to a server");
  }

  /// The event is over: nothing may be kept any more.
  void close() { sent_ = nullptr; }

  void execute(Context& context, Value statement);

 private:
  void keep(Context& context, std::string sql, const python::Location& location);
  void run(Context& context, DdlObject& ddl);

  Sent* sent_;
  const TableObject* table_;
  bool before_;
  SchemaItem* target_;
};

void ConnectionObject::keep(Context& context, std::string sql, const python::Location& location) {
  schema::RawStatement statement;
  statement.sql = std::string(base::trimmed(sql));
  if (statement.sql.empty()) return;
  statement.place = place(location ? location : context.interpreter->here());
  statement.before_tables = before_;
  if (table_) statement.table = {catalog_name(table_->schema), catalog_name(table_->name)};
  sent_->statements.push_back(std::move(statement));
}

void ConnectionObject::execute(Context& context, Value statement) {
  if (!sent_) return;
  if (auto* ddl = dynamic_cast<DdlObject*>(host_object(statement))) {
    run(context, *ddl);
  } else if (const std::string* text = text_in(statement)) {
    keep(context, *text, {});
  } else if (ExpressionObject* expression = as_expression(context, statement)) {
    const WrittenExpression sql = written(context, *expression);
    if (sql.known()) {
      keep(context, sql.sql, expression->location);
    } else if (expression->expression_kind != ExpressionKind::Select) {
      sent_->unknown.push_back(sql.unknown.is_unknown() ? sql.unknown : unknown_value(context, sql.refused));
    }
  } else if (auto* instance = statement.as<python::Instance>()) {
    const Outcome made = compiled_by_project(context, Value(instance->type), statement, true);
    const Value known = made.is_absent() ? Value() : context.interpreter->settled(made);
    if (const std::string* sql = text_in(known)) {
      keep(context, *sql, instance->location);
    } else {
      sent_->unknown.push_back(known.is_unknown() ? known : unknown_value(context, "a statement is not known"));
    }
  } else {
    sent_->unknown.push_back(statement.is_unknown() ? statement : unknown_value(context, "a statement is not known"));
  }
}

/// `statement % context`, with the names of the table.
Value filled_statement(Context& context, const DdlObject& ddl, const TableObject* table) {
  Interpreter& interpreter = *context.interpreter;
  python::Dict* names = interpreter.dict();
  if (table) {
    const std::string name = sql::quoted(schema::Name{catalog_name(table->name)});
    const std::string in = table->schema.empty() ? "" : sql::quoted(schema::Name{catalog_name(table->schema)});
    interpreter.set(*names, "table", interpreter.str(name));
    interpreter.set(*names, "schema", interpreter.str(in));
    interpreter.set(*names, "fullname", interpreter.str(in.empty() ? name : in + "." + name));
  }
  if (const auto* given = ddl.context.as<python::Dict>()) {
    for (const auto& entry : given->table.entries()) {
      if (const std::string* key = text_in(entry.key)) interpreter.set(*names, *key, entry.value);
    }
  }
  return interpreter.settled(interpreter.binary(python::Binary::Mod, ddl.statement, names));
}

void ConnectionObject::run(Context& context, DdlObject& ddl) {
  const auto may = allowed(context, ddl, target_->self);
  if (may == false) return;
  switch (ddl.which) {
    case DdlObject::Which::Text: {
      const Value text = filled_statement(context, ddl, table_);
      if (const std::string* sql = text_in(text)) {
        keep(context, *sql, ddl.location);
      } else {
        sent_->unknown.push_back(text.is_unknown() ? text : unknown_value(context, "the DDL text is not known"));
      }
      return;
    }
    case DdlObject::Which::CreateSchema:
      if (const std::string* name = text_in(ddl.element)) {
        sent_->schemas.push_back(*name);
      } else {
        sent_->unknown.push_back(unknown_value(context, "the name of the schema is not known"));
      }
      return;
    case DdlObject::Which::CreateSequence:
      if (SequenceObject* sequence = as_sequence(ddl.element)) sent_->sequences.push_back(sequence);
      return;
    case DdlObject::Which::AddConstraint:
      if (ConstraintObject* constraint = as_constraint(ddl.element)) constraint->added = true;
      return;
    case DdlObject::Which::Compiled: {
      const Value type = context.interpreter->type_of(ddl.element);
      const Outcome made = compiled_by_project(context, type, ddl.element, true);
      const Value text = made.is_absent() ? unknown_value(context, "nothing says how the statement is written")
                                          : context.interpreter->settled(made);
      if (const std::string* sql = text_in(text)) {
        keep(context, *sql, ddl.location);
      } else {
        sent_->unknown.push_back(text.is_unknown() ? text : unknown_value(context, "the statement is not known"));
      }
      return;
    }
    case DdlObject::Which::CreateIndex:
    case DdlObject::Which::Nothing:
      return;
  }
}

bool names_postgresql(Context& context, Value dialect) {
  if (const std::string* text = text_in(dialect)) return *text == "postgresql";
  const Outcome items = context.interpreter->items(dialect);
  const auto* list = items.as<python::List>();
  return list && std::ranges::any_of(list->items, [](Value item) {
           const std::string* text = text_in(item);
           return text && *text == "postgresql";
         });
}

}  // namespace

std::optional<bool> allowed(Context& context, const SchemaItem& item, Value target) {
  const auto* condition = item.ddl_condition.as<python::Dict>();
  if (!condition) return true;
  const Value* dialect = condition->find("dialect");
  if (dialect && !dialect->is_none() && !names_postgresql(context, *dialect)) return false;
  const Value* function = condition->find("callable_");
  if (!function || function->is_none()) return true;
  Sent nothing;
  auto* connection = context.interpreter->make<ConnectionObject>(nothing, nullptr, true, const_cast<SchemaItem&>(item));
  Arguments arguments({item.self, target, Value(connection)});
  const Value* state = condition->find("state");
  arguments.keywords = {{"tables", context.interpreter->list()},
                        {"state", state ? *state : Value()},
                        {"dialect", dialect_object(context)},
                        {"compiler", compiler_object(context)},
                        {"checkfirst", context.interpreter->boolean(false)}};
  const Value answer = context.interpreter->settled(context.interpreter->call(*function, std::move(arguments)));
  connection->close();
  if (answer.is_unknown()) return {};
  return is_truthy(context, answer);
}

void send(Context& context, SchemaItem& target, const std::vector<TableObject*>& tables, std::string_view event,
          Sent& sent) {
  auto* table = dynamic_cast<TableObject*>(&target);
  std::vector<Value> functions;
  for (const ClassListener& entry : state(context).class_listeners) {
    if (entry.listener.event == event && target.is_instance_of(entry.type)) {
      functions.push_back(entry.listener.function);
    }
  }
  for (const Listener& listener : target.listeners) {
    if (listener.event == event) functions.push_back(listener.function);
  }
  if (functions.empty()) return;
  auto* connection = context.interpreter->make<ConnectionObject>(sent, table, event == "before_create", target);
  for (const Value function : functions) {
    const bool is_ddl = dynamic_cast<DdlObject*>(host_object(function)) != nullptr;
    const auto* instance = function.as<python::Instance>();
    const bool is_element = instance && class_derives_from(Value(instance->type), "sqlalchemy.DDLElement");
    if (is_ddl || is_element) {
      connection->execute(context, function);
      continue;
    }
    std::vector<Value> listed;
    for (TableObject* each : tables) listed.push_back(each->self);
    Arguments arguments({target.self, Value(connection)});
    if (!table) arguments.keywords.emplace_back("tables", context.interpreter->list(std::move(listed)));
    arguments.keywords.emplace_back("checkfirst", context.interpreter->boolean(false));
    arguments.keywords.emplace_back("_ddl_runner", Value());
    const Value result = context.interpreter->settled(context.interpreter->call(function, std::move(arguments)));
    if (result.is_unknown()) sent.unknown.push_back(result);
  }
  connection->close();
}

}  // namespace models
