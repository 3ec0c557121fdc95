#pragma once

#include <string>
#include <vector>

#include "models/core/objects.h"
#include "schema/reading.h"

/// DDL elements and the events that send them while create_all runs.
namespace models {

/// DDL("…"), CreateSchema(…), CreateSequence(…), AddConstraint(…), and instances of a project's own DDLElement.
class DdlObject final : public SchemaItem {
 public:
  enum class Which { Text, CreateSchema, CreateSequence, AddConstraint, CreateIndex, Compiled, Nothing };
  explicit DdlObject(Which what) : which(what) {}

  const Which which;
  python::Value statement;  ///< of Text
  python::Value context;    ///< of Text: a dict or None
  python::Value element;    ///< schema name, sequence, constraint, index; the instance of Compiled
  bool if_not_exists = false;

  std::string_view type_name() const override { return "sqlalchemy.DDLElement"; }
  python::Outcome attribute(python::Interpreter&, std::string_view name) override;
  python::Outcome call(python::Interpreter&, python::Arguments&) override;
};

/// What the events of create_all send.
struct Sent {
  std::vector<schema::RawStatement> statements;
  std::vector<std::string> schemas;
  std::vector<SequenceObject*> sequences;
  std::vector<python::Value> unknown;  ///< Unknowns: what could not be told
};

/// Runs the listeners of an event ("before_create") of a MetaData or Table.
void send(Context&, SchemaItem& target, const std::vector<TableObject*>& tables, std::string_view event, Sent& sent);

/// Whether a `ddl_if` or `execute_if` lets the thing be made on PostgreSQL; nothing if it cannot be told.
std::optional<bool> allowed(Context&, const SchemaItem& item, python::Value target);

}  // namespace models
