#pragma once

#include <set>
#include <string>
#include <vector>

#include "ddl/statement.h"
#include "diff/change.h"

namespace plan {

/// Names of things that operations depend on: "table public.users", "column public.users.id", …
using Key = std::string;
using Keys = std::set<Key>;

Key table_key(const schema::QualifiedName& table);
Key column_key(const schema::QualifiedName& table, const schema::Name& column);
Key type_key(const schema::QualifiedName& type);
Key labels_key(const schema::QualifiedName& type);
Key sequence_key(const schema::QualifiedName& sequence);
Key routine_key(const schema::QualifiedName& routine);
Key schema_key(const std::string& schema);
Key role_key(const schema::Name& role);
Key keys_key(const schema::QualifiedName& table);  ///< primary and unique keys of a table
Key not_null_key(const schema::QualifiedName& table, const schema::Name& column);
Key relation_key(const schema::QualifiedName& relation);  ///< a name in the space that tables and indexes share
/// An object of no kind of its own: "SERVER films".
Key other_key(const std::string& kind_and_identity);
Key children_key(const schema::QualifiedName& table);  ///< what changes of its columns do to its children
Key constraint_key(const schema::QualifiedName& table, const schema::Name& name);

/// Among operations that nothing else orders, the smaller rank comes first.
enum class Rank {
  RenameType,
  Rename,
  DropView,
  DropTrigger,
  DropPolicy,
  DropReference,
  DropConstraint,
  Schema,
  Extension,
  Role,
  Type,
  Sequence,
  Routine,
  Table,
  AddColumn,
  Retype,
  AlterColumn,
  RemakeColumn,
  AlterSequence,
  Constraint,
  Index,
  Reference,
  AlterTable,
  Trigger,
  View,
  Other,
  Security,
  Policy,
  Grant,
  Comment,
  DropColumn,
  DropTable,
  DropRoutine,
  DropSequence,
  DropType,
  DropExtension,
  DropSchema,
  DropRole,
  Last,
};

/// Statements that belong together, in their order, and what they have to do with others.
struct Operation {
  ddl::Statements statements;
  schema::ObjectId about;
  const diff::Change* change = nullptr;  ///< that asked for it; null for what merely has to give way
  Rank rank = Rank::Other;
  Keys needs;          ///< must be there before
  Keys makes;          ///< is there after
  Keys releases;       ///< is no longer used after: may go then
  bool moves = false;  ///< what it removes is made anew: it bears its new name
  Keys removes;        ///< goes: after all that release it, before all that make it anew
};

/// The statements of all operations in an order that fulfils what they say about one another. Each carries the number
/// of its operation.
struct Ordered {
  const Operation* operation = nullptr;
  const ddl::Statement* statement = nullptr;
};

std::vector<Ordered> ordered(const std::vector<Operation>& operations);

}  // namespace plan
