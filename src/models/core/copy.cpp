// Table.to_metadata: a table again, in another MetaData, schema or under another name.
#include <unordered_map>

#include "models/context.h"
#include "models/core/handlers.h"
#include "models/core/names.h"
#include "models/core/schema_internal.h"
#include "models/core/state.h"
#include "models/core/values.h"

namespace models {
using python::Arguments;
using python::Outcome;
using python::Value;

namespace {

/// Copies the part of an expression's tree that holds columns of the table.
class Transfer {
 public:
  Transfer(Context& context, const TableObject& from, const TableObject& to)
      : context_(context), from_(from), to_(to) {}

  ExpressionObject* of(ExpressionObject* expression, int depth = 0) {
    if (!expression || depth > 400) return expression;
    if (auto* column = dynamic_cast<ColumnObject*>(expression)) {
      ColumnObject* other = column->table == &from_ ? to_.find(column->column_key) : nullptr;
      return other ? other : column;
    }
    if (const auto known = done_.find(expression); known != done_.end()) return known->second;
    std::vector<ExpressionObject*> operands;
    bool changed = false;
    for (ExpressionObject* operand : expression->operands) {
      operands.push_back(of(operand, depth + 1));
      changed = changed || operands.back() != operand;
    }
    ExpressionObject* result = changed ? with(*expression, std::move(operands)) : expression;
    done_.emplace(expression, result);
    return result;
  }

 private:
  ExpressionObject* with(const ExpressionObject& source, std::vector<ExpressionObject*> operands) {
    auto* made = context_.interpreter->make<ExpressionObject>(source.expression_kind);
    made->op = source.op;
    made->negation = source.negation;
    made->type = source.type;
    made->operands = std::move(operands);
    made->text = source.text;
    made->packages = source.packages;
    made->key = source.key;
    made->escape = source.escape;
    made->flags = source.flags;
    made->has_escape = source.has_escape;
    made->has_flags = source.has_flags;
    made->symmetric = source.symmetric;
    made->literal = source.literal;
    made->grouped = source.grouped;
    made->implicit_boolean = source.implicit_boolean;
    made->expanding = source.expanding;
    made->collection = source.collection;
    made->quoted = source.quoted;
    made->registered = source.registered;
    made->value = source.value;
    made->sequence = source.sequence;
    made->location = source.location;
    return made;
  }

  Context& context_;
  const TableObject& from_;
  const TableObject& to_;
  std::unordered_map<const ExpressionObject*, ExpressionObject*> done_;
};

/// The schema that a copied foreign key points into: absent keeps what it says.
struct ReferredSchema {
  bool changed = false;
  GivenName name;
};

std::string target_text(Context& context, const ForeignKeyObject& key, const TableObject& from, const TableObject& to,
                        const ReferredSchema& schema) {
  auto [table, column] = referred_names(context, key);
  if (const std::string* text = text_in(key.target)) {
    // The text as it was written: a missing schema is looked up anew in the other MetaData.
    table = text->substr(0, text->rfind('.'));
    if (text->find('.') == std::string::npos) {
      table = *text;
      column.clear();
    }
  }
  // A reference of the table to itself follows the copy, so far as it names the table in full.
  const bool to_itself = table == from.key();
  const std::string old_schema = table.rfind('.') == std::string::npos ? "" : table.substr(0, table.rfind('.'));
  std::string name = table.substr(table.rfind('.') + 1);
  if (to_itself) name = to.name.text;
  std::string prefix = old_schema;
  if (schema.changed) prefix = schema.name.text;
  std::string target = prefix.empty() ? name : prefix + "." + name;
  return column.empty() ? target : target + "." + column;
}

ReferredSchema referred_schema(Context& context, const ConstraintObject& source, const TableObject& from,
                               const TableObject& to, Value function) {
  const std::string table =
      source.elements.empty() ? std::string() : referred_names(context, *source.elements[0]).first;
  const auto* text = source.elements.empty() ? nullptr : text_in(source.elements[0]->target);
  std::string own = table.rfind('.') == std::string::npos ? "" : table.substr(0, table.rfind('.'));
  if (text) {
    const std::string written = text->substr(0, text->rfind('.'));
    own = written.rfind('.') == std::string::npos ? "" : written.substr(0, written.rfind('.'));
  }
  if (!function.is_none()) {
    const Value own_value = own.empty() ? Value() : context.interpreter->str(own);
    const Value made = context.interpreter->settled(
        context.interpreter->call(function, {from.self, name_value(context, to.schema), source.self, own_value}));
    if (made.is_none()) return {};
    return {.changed = true, .name = is_blank_schema(made) ? GivenName{} : given_name(context, made)};
  }
  const bool same = own == from.schema.text;
  return same && !to.schema.empty() ? ReferredSchema{.changed = true, .name = to.schema} : ReferredSchema{};
}

ConstraintObject* copied_foreign_key(Context& context, const ConstraintObject& source, const TableObject& from,
                                     const TableObject& to, Value function) {
  ConstraintObject* made = make_constraint(context, ConstraintKind::ForeignKey);
  made->location = source.location;
  made->on_update = source.on_update;
  made->on_delete = source.on_delete;
  made->deferrable = source.deferrable;
  made->initially = source.initially;
  made->match = source.match;
  made->use_alter = source.use_alter;
  made->link_to_name = source.link_to_name;
  made->comment = source.comment;
  made->incomplete = source.incomplete;
  const ReferredSchema schema = referred_schema(context, source, from, to, function);
  for (std::size_t i = 0; i < std::min(source.elements.size(), source.columns.size()); ++i) {
    made->arguments.push_back(context.interpreter->str(source.columns[i]->column_key));
    const std::string target = target_text(context, *source.elements[i], from, to, schema);
    made->elements.push_back(make_element(context, *made, context.interpreter->str(target)));
  }
  return made;
}

ConstraintObject* copied_constraint(Context& context, const ConstraintObject& source, const TableObject& from,
                                    const TableObject& to, Value function) {
  ConstraintObject* made = nullptr;
  if (source.kind_of_constraint == ConstraintKind::ForeignKey) {
    made = copied_foreign_key(context, source, from, to, function);
  } else {
    made = make_constraint(context, source.kind_of_constraint);
    made->location = source.location;
    made->deferrable = source.deferrable;
    made->initially = source.initially;
    made->comment = source.comment;
    made->options = source.options;
    made->incomplete = source.incomplete;
    made->method = source.method;
    made->operator_classes = source.operator_classes;
    Transfer transfer(context, from, to);
    made->expression = transfer.of(source.expression);
    made->predicate = transfer.of(source.predicate);
    for (const ColumnObject* column : source.columns) {
      made->arguments.push_back(context.interpreter->str(column->column_key));
    }
    for (ConstraintObject::Element element : source.exclusions) {
      element.expression = transfer.of(element.expression);
      element.column = element.column ? to.find(element.column->column_key) : nullptr;
      made->exclusions.push_back(std::move(element));
    }
  }
  made->name = source.name;
  made->name_given = source.name_given || !source.name.empty();
  made->ddl_condition = source.ddl_condition;
  made->info = source.info;
  return made;
}

Outcome copy_indexes(Context& context, const TableObject& from, TableObject& to) {
  for (const IndexObject* index : std::vector(from.indexes)) {
    if (index->column_flag) continue;
    Transfer transfer(context, from, to);
    std::vector<Value> expressions;
    for (ExpressionObject* expression : index->expressions) expressions.push_back(transfer.of(expression));
    IndexObject* made = make_index(context, Value(), std::move(expressions));
    made->location = index->location;
    made->name = index->name;
    made->name_given = true;
    made->unique = index->unique;
    made->options = index->options;
    made->ddl_condition = index->ddl_condition;
    const Outcome attached = attach(context, to, *made);
    if (attached.is_raised()) return attached;
  }
  return Value();
}

}  // namespace

ExpressionObject* transferred(Context& context, ExpressionObject* expression, const TableObject& from,
                              const TableObject& to) {
  return Transfer(context, from, to).of(expression);
}

Outcome copied_table(Context& context, TableObject& source, Arguments& arguments) {
  MetaDataObject* metadata = as_metadata(argument(arguments, 0, "metadata"));
  if (!metadata) return unknown_value(context, "the MetaData of the copy is not known");
  const Value name = argument(arguments, 3, "name");
  const Value* schema = arguments.find(1, "schema");
  const auto* retain = schema ? schema->as<python::External>() : nullptr;
  Arguments given({name.is_none() ? name_value(context, source.name) : name, metadata->self}, arguments.location);
  GivenName actual = source.schema;
  if (schema && !retain) actual = schema->is_none() ? metadata->schema : given_name(context, *schema);
  if (is_blank_schema(schema ? *schema : Value())) actual = {};
  given.keywords.emplace_back("schema", actual.empty() ? Value(context.interpreter->external("sqlalchemy.BLANK_SCHEMA"))
                                                       : context.interpreter->str(actual.text));
  given.keywords.emplace_back("comment", source.comment);
  for (const auto& [option, value] : source.options) given.keywords.emplace_back(option, value);
  const std::string copy_key =
      (actual.empty() ? "" : actual.text + ".") + (text_in(given.positional[0]) ? *text_in(given.positional[0]) : "");
  if (TableObject* existing = metadata->find(copy_key)) return existing->self;
  for (const ColumnObject* column : source.columns) {
    ColumnObject* made = copied(context, *column);
    if (auto* type = made->data_type.as<python::Instance>()) {
      if (const Value* bound = type->attributes->find("metadata"); bound && as_metadata(*bound)) {
        context.interpreter->set(*type->attributes, "metadata", metadata->self);
        metadata->types.push_back(made->data_type);
      }
    }
    given.positional.push_back(made->self);
  }
  const Outcome made = make_table(context, given);
  TableObject* table = made ? as_table(*made) : nullptr;
  if (!table) return made;
  table->location = arguments.location ? arguments.location : context.interpreter->here();
  table->incomplete = source.incomplete;
  const Value function = argument(arguments, 2, "referred_schema_fn");
  for (const ConstraintObject* constraint : source.sorted_constraints()) {
    if (constraint->type_bound || constraint->column_flag) continue;
    const Outcome attached =
        attach(context, *table, *copied_constraint(context, *constraint, source, *table, function));
    if (attached.is_raised()) return attached;
  }
  const Outcome indexes = copy_indexes(context, source, *table);
  if (indexes.is_raised()) return indexes;
  return table->self;
}

namespace {
Outcome metadata_handler(Context& context, Arguments& arguments) { return make_metadata(context, arguments); }
Outcome column_handler(Context& context, Arguments& arguments) { return make_column(context, arguments); }

Outcome sentinel_handler(Context& context, Arguments& arguments) {
  Arguments given = arguments;
  if (argument(arguments, 1, "type_").is_none()) {
    const Outcome type = core_value(context, "sqlalchemy.Integer");
    if (type) given.keywords.emplace_back("type_", *type);
  }
  ColumnObject* column = make_column(context, given);
  column->insert_sentinel = true;
  return column;
}
}  // namespace

std::span<const NamedHandler> schema_handlers() {
  static constexpr NamedHandler handlers[] = {
      {"sqlalchemy.MetaData", metadata_handler},
      {"sqlalchemy.Table", make_table},
      {"sqlalchemy.Column", column_handler},
      {"sqlalchemy.insert_sentinel", sentinel_handler},
  };
  return handlers;
}

}  // namespace models
