#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/error.h"
#include "models/core/core.h"
#include "models/core/objects.h"
#include "models/core/server_names.h"
#include "models/core/type.h"
#include "schema/reading.h"

/// What the files that finish a reading share among themselves.
namespace models {

/// A foreign key that is added after all tables.
struct Deferred {
  const ConstraintObject* constraint = nullptr;
  schema::QualifiedName table;
};

/// Turns the objects of one or more MetaData into a reading. A file of functions for each kind of thing.
class Finisher {
 public:
  Finisher(Context& context, const FinishOptions& options) : context_(context), options_(options) {}

  void add(MetaDataObject& metadata);
  schema::Reading take();

 private:
  // Names and places
  std::string schema_name(const GivenName& schema) const;
  schema::QualifiedName qualified(const TableObject& table) const;
  void origin(schema::Kind kind, const schema::QualifiedName& owner, const std::string& name,
              const python::Location& location);
  /// The warning stands at the construct that receives what is unknown: `element_`.
  void unresolved(schema::Kind kind, const schema::QualifiedName& owner, const std::string& name, std::string attribute,
                  python::Value reason, std::string what);
  void unresolved_text(schema::Kind kind, const schema::QualifiedName& owner, const std::string& name,
                       std::string attribute, const base::Place& place, const std::string& reason, std::string what);
  void need_schema(const std::string& schema);

  // Tables
  std::vector<TableObject*> creation_order(const MetaDataObject& metadata);
  void add_table(TableObject& table);
  bool is_temporary(const TableObject& table) const;
  void add_options(TableObject& table, schema::Table& made);
  void add_inherited(TableObject& table, schema::Table& made);

  // Columns
  void add_column(const TableObject& table, ColumnObject& column, bool automatic, schema::Table& made);
  void set_column_type(const schema::QualifiedName& owner, ColumnObject& column, bool automatic, schema::Column& made);
  void set_server_default(const schema::QualifiedName& owner, const ColumnObject& column, schema::Column& made);
  void set_identity(const schema::QualifiedName& owner, const ColumnObject& column, schema::Column& made);
  void set_computed(const schema::QualifiedName& owner, const ColumnObject& column, schema::Column& made);

  // Types
  schema::TypeName type_name(const Type& type, schema::QualifiedName& collation, std::string& problem);
  void need_named_type(const Type& type, const base::Place& place);
  schema::QualifiedName named_type(const Type& type) const;
  void add_enum(const Type& type, const base::Place& place);
  void add_domain(const Type& type, const base::Place& place);

  // Sequences
  void add_sequence(const SequenceObject& sequence);
  schema::SequenceOptions sequence_options(const DialectOptions& options, const std::string& type);

  // Constraints
  bool is_made(const SchemaItem& item, const schema::QualifiedName& owner, const TableObject& table);
  std::string constraint_name(const ConstraintObject& constraint) const;
  bool unknown_name(const ConstraintObject& constraint, schema::Kind kind, const schema::QualifiedName& owner);
  void add_checks(const TableObject& table, schema::Table& made);
  void add_check(const TableObject& table, const ConstraintObject& constraint, schema::Table& made);
  void add_keys(const TableObject& table, schema::Table& made);
  void add_primary_key(const TableObject& table, schema::Table& made);
  void add_unique(const TableObject& table, const ConstraintObject& constraint, schema::Table& made, bool apart);
  void add_exclusion(const TableObject& table, const ConstraintObject& constraint, schema::Table& made);
  void add_foreign_keys(const TableObject& table, schema::Table& made);
  void add_foreign_key(const ConstraintObject& constraint, schema::Table& made, bool apart);
  void missing_target(const ConstraintObject& constraint, const ForeignKeyObject& element, schema::Table& made);
  void add_deferred();
  void add_apart(const TableObject& table);
  std::string name_of_same_unique(const TableObject& table, const schema::PrimaryKey& key) const;
  bool merges(const schema::Unique& unique, bool named, schema::Table& made);
  std::vector<schema::Name> column_names(const std::vector<ColumnObject*>& columns) const;
  std::vector<schema::Name> included(const TableObject& table, const DialectOptions& options, schema::Kind kind,
                                     const std::string& name);
  schema::Deferral deferral(const ConstraintObject& constraint) const;
  std::optional<std::string> comment_of(python::Value value, schema::Kind kind, const schema::QualifiedName& owner,
                                        const std::string& name);
  std::vector<std::string> columns_of_check(const ConstraintObject& constraint, const schema::Table& made,
                                            const std::string& sql) const;

  // Indexes
  void add_index(const TableObject& table, const IndexObject& index, schema::Table& made);
  bool add_keys(const TableObject& table, const IndexObject& index, schema::Index& made);
  std::string key_text(const ExpressionObject& expression, python::Value& unknown, std::string& refused);

  // Extensions
  void need_extension(std::string_view name);
  void need_extensions(const schema::Table& table);
  void need_extensions_of_key(const schema::Table& table, const schema::IndexKey& key, const std::string& method);

  // Events
  void take_sent(struct Sent& sent);

  Context& context_;
  FinishOptions options_;
  schema::Reading reading_;
  ServerNames names_;
  std::map<schema::QualifiedName, const TableObject*> tables_;
  std::set<std::string> schemas_;
  std::set<schema::QualifiedName> types_;
  std::set<schema::QualifiedName> sequences_;
  std::set<const ConstraintObject*> deferred_;
  std::vector<Deferred> later_;
  python::Location element_;  ///< the construct that is being finished
};

/// A key of an index out of its SQL: "lower(title) text_pattern_ops DESC". Fails with what PostgreSQL's parser says.
base::Result<schema::IndexKey> index_key(const std::string& sql, const std::string& method);

/// The names of columns that an SQL expression uses, in order and without repetitions; empty if it is none.
std::vector<std::string> column_names_in(const std::string& sql);
/// The name that the server gives a key that is an expression: of its function, or "expr".
std::string key_name(const std::string& sql);

/// A name as SQLAlchemy sends it: what a convention made is cut to 63 characters with a hash, all else as it is.
std::string sent_name(const GivenName& name);

}  // namespace models
