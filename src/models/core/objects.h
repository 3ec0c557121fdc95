#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "models/core/expression.h"
#include "python/evaluation/arguments.h"
#include "python/evaluation/host_object.h"
#include "python/evaluation/location.h"
#include "python/evaluation/objects.h"
#include "python/evaluation/value.h"

/// The objects that SQLAlchemy's schema constructs make: mutable and shared as in Python, built in program order by its
/// own rules. Attributes hold the Python values that were given, so that what is Unknown stays where it is; `finish`
/// turns them into a `schema::Reading`. All live as long as the interpreter.
namespace models {

class ColumnObject;
class ConstraintObject;
struct Context;
class ForeignKeyObject;
class IndexObject;
class MetaDataObject;
class SequenceObject;
class TableObject;

/// A name as it was given. `quote` false sends it bare, so that the server folds it to lower case.
struct GivenName {
  std::string text;
  std::optional<bool> quote;
  bool conventional = false;  ///< conv(…), or made by a naming convention: cut with a hash where it is too long
  python::Value unknown;      ///< an Unknown if it could not be read

  bool is_unknown() const { return unknown.is_unknown(); }
  bool empty() const { return text.empty() && !is_unknown(); }
};

GivenName given_name(Context&, python::Value value, python::Value quote = {});
/// The name as the catalog will hold it.
std::string catalog_name(const GivenName&);

/// Keyword arguments that constructs keep for dialects: "postgresql_using" → value.
using DialectOptions = std::vector<std::pair<std::string, python::Value>>;
/// The option `name` of the dialect postgresql, or null.
const python::Value* postgresql_option(const DialectOptions&, std::string_view name);

/// A function of an event with its name: "after_create".
struct Listener {
  std::string event;
  python::Value function;  ///< callable, or a DDL element
};

/// What every schema construct has.
class SchemaItem : public python::HostObject {
 public:
  python::Location location;  ///< the call that made it
  std::uint64_t order = 0;    ///< `_creation_order`
  /// What Python code knows it as: itself, or the instance of a subclass that holds it.
  python::Value self{this};
  python::Value info;  ///< the dict, or None while nobody asked
  std::vector<Listener> listeners;
  DialectOptions options;
  python::Value ddl_condition;  ///< what `ddl_if` was given, as a DDLCondition; None
  /// Attributes that SQLAlchemy does not know and code has set.
  std::vector<std::pair<std::string, python::Value>> others;

  python::Outcome attribute(python::Interpreter&, std::string_view name) override;
  python::Outcome set_attribute(python::Interpreter&, std::string_view name, python::Value value) override;
};

class MetaDataObject final : public SchemaItem {
 public:
  GivenName schema;                           ///< empty: none
  python::Dict* naming_convention = nullptr;  ///< null: SQLAlchemy's own, {"ix": "ix_%(column_0_label)s"}
  python::Value naming_unknown;               ///< an Unknown if the convention could not be read
  std::vector<TableObject*> tables;           ///< in order of their making; key "schema.name"
  std::unordered_map<std::string, TableObject*> by_key;
  std::map<std::string, SequenceObject*> sequences;  ///< by key
  std::vector<std::string> sequence_order;
  std::vector<python::Value> types;             ///< enums and domains bound with `metadata=`, in order
  const python::Unknown* incomplete = nullptr;  ///< tables may be missing

  TableObject* find(std::string_view key) const;

  std::string_view type_name() const override { return "sqlalchemy.MetaData"; }
  python::Outcome attribute(python::Interpreter&, std::string_view name) override;
  python::Outcome set_attribute(python::Interpreter&, std::string_view name, python::Value value) override;
  python::Outcome compare(python::Interpreter&, python::Comparison, python::Value other) override;
};

class TableObject final : public SchemaItem {
 public:
  GivenName name;
  GivenName schema;  ///< empty: none
  MetaDataObject* metadata = nullptr;
  std::vector<ColumnObject*> columns;
  std::vector<ConstraintObject*> constraints;  ///< as they were attached; SQLAlchemy orders them by `order`
  std::vector<IndexObject*> indexes;
  ConstraintObject* primary_key = nullptr;
  python::Value comment;
  std::vector<std::string> prefixes;
  std::vector<TableObject*> depends_on;  ///< add_is_dependent_on
  bool removed = false;                  ///< no longer in its MetaData
  /// Columns, constraints or options may be missing: it is never dropped, and loses nothing.
  std::vector<const python::Unknown*> incomplete;
  /// The class mapped to it, if any, whose `__rls__` and the like say more about it.
  python::Class* mapped_class = nullptr;

  /// "schema.name", or the name alone.
  std::string key() const;
  ColumnObject* find(std::string_view column_key) const;
  ColumnObject* find_by_name(std::string_view column_name) const;
  /// The constraints in the order in which SQLAlchemy makes them.
  std::vector<ConstraintObject*> sorted_constraints() const;

  std::string_view type_name() const override { return "sqlalchemy.Table"; }
  bool is_instance_of(std::string_view qualified_name) const override;
  python::Outcome attribute(python::Interpreter&, std::string_view name) override;
  python::Outcome set_attribute(python::Interpreter&, std::string_view name, python::Value value) override;
  python::Outcome str(python::Interpreter&) override;
};

/// What a column was given as `server_default`: a value that DDL shows, or one that only the server knows.
class ServerDefaultObject : public SchemaItem {
 public:
  enum class Which { Clause, Fetched, Identity, Computed };
  explicit ServerDefaultObject(Which what) : which(what) {}

  const Which which;
  python::Value argument;   ///< of Clause and Computed: a text or an expression
  python::Value persisted;  ///< of Computed
  python::Value always;     ///< of Identity
  DialectOptions sequence;  ///< of Identity: start, increment, …
  bool for_update = false;

  std::string_view type_name() const override;
  bool is_instance_of(std::string_view qualified_name) const override;
  python::Outcome attribute(python::Interpreter&, std::string_view name) override;
};

/// default= and onupdate=: they leave no trace in the DDL but that a key with one is no SERIAL.
class ColumnDefaultObject final : public SchemaItem {
 public:
  python::Value argument;
  bool for_update = false;

  std::string_view type_name() const override { return "sqlalchemy.ColumnDefault"; }
  python::Outcome attribute(python::Interpreter&, std::string_view name) override;
};

class SequenceObject final : public SchemaItem {
 public:
  GivenName name;
  GivenName schema;
  MetaDataObject* metadata = nullptr;
  DialectOptions sequence;  ///< start, increment, minvalue, …
  python::Value data_type;
  bool optional = false;
  bool for_update = false;

  std::string key() const;
  std::string_view type_name() const override { return "sqlalchemy.Sequence"; }
  python::Outcome attribute(python::Interpreter&, std::string_view name) override;
};

class ColumnObject final : public ExpressionObject {
 public:
  ColumnObject() : ExpressionObject(ExpressionKind::Column) {}

  std::uint64_t order = 0;
  python::Value self{this};
  GivenName name;
  std::string column_key;  ///< `key`; empty while there is no name
  TableObject* table = nullptr;
  python::Value data_type;  ///< a type instance; None is NullType
  bool primary_key = false;
  python::Value primary_key_unknown;  ///< an Unknown if the flag could not be read
  python::Value nullable;             ///< as it stands now: a bool or an Unknown
  bool nullable_given = false;        ///< `_user_defined_nullable` is said
  python::Value index, unique;        ///< None, a bool or an Unknown
  python::Value autoincrement;        ///< "auto", "ignore_fk", a bool or an Unknown
  python::Value comment;
  python::Value default_value;  ///< a ColumnDefaultObject, SequenceObject, None or an Unknown
  python::Value onupdate;
  python::Value server_default;  ///< a ServerDefaultObject, None or an Unknown
  python::Value server_onupdate;
  ServerDefaultObject* identity = nullptr;
  ServerDefaultObject* computed = nullptr;
  std::vector<ForeignKeyObject*> foreign_keys;
  std::vector<ConstraintObject*> constraints;  ///< CHECKs written with the column
  std::vector<Listener> listeners;
  DialectOptions options;
  python::Value info, doc;
  bool system = false;
  bool omitted_from_statements = false;
  bool insert_sentinel = false;
  std::vector<const python::Unknown*> incomplete;  ///< arguments that could not be read
  std::vector<std::pair<std::string, python::Value>> others;
  /// Constraints and indexes over this column that wait for it to reach a table.
  std::vector<python::HostObject*> waiting;

  std::string_view type_name() const override { return "sqlalchemy.Column"; }
  bool is_instance_of(std::string_view qualified_name) const override;
  python::Outcome attribute(python::Interpreter&, std::string_view name) override;
  python::Outcome set_attribute(python::Interpreter&, std::string_view name, python::Value value) override;
  python::Outcome str(python::Interpreter&) override;
};

class ForeignKeyObject final : public SchemaItem {
 public:
  python::Value target;  ///< a text, a column, or something with `__clause_element__`
  ColumnObject* parent = nullptr;
  ConstraintObject* constraint = nullptr;
  python::Value name, on_update, on_delete, deferrable, initially, match, comment, use_alter, link_to_name;

  std::string_view type_name() const override { return "sqlalchemy.ForeignKey"; }
  python::Outcome attribute(python::Interpreter&, std::string_view name) override;
};

enum class ConstraintKind { PrimaryKey, Unique, Check, ForeignKey, Exclusion };

class ConstraintObject final : public SchemaItem {
 public:
  explicit ConstraintObject(ConstraintKind which) : kind_of_constraint(which) {}

  const ConstraintKind kind_of_constraint;
  GivenName name;           ///< empty: not said
  bool name_given = false;  ///< a text or an Unknown was given (not None)
  TableObject* table = nullptr;
  ColumnObject* column = nullptr;        ///< of a CHECK that is written with a column
  std::vector<python::Value> arguments;  ///< the columns as they were given: texts, columns, expressions
  std::vector<ColumnObject*> columns;    ///< once attached
  python::Value deferrable, initially, comment;
  bool implicit = false;     ///< the primary key that a table makes by itself of its flagged columns
  bool column_flag = false;  ///< made by `unique=True`
  bool type_bound = false;   ///< made by a type (Enum, Boolean)
  bool apart = false;        ///< AddConstraint(…) took it out of CREATE TABLE
  bool added = false;        ///< … and an event adds it
  std::vector<const python::Unknown*> incomplete;

  // CHECK
  ExpressionObject* expression = nullptr;
  // FOREIGN KEY
  std::vector<ForeignKeyObject*> elements;
  python::Value on_update, on_delete, match, use_alter, link_to_name;
  // EXCLUDE
  struct Element {
    ExpressionObject* expression = nullptr;
    std::string operator_name;
    ColumnObject* column = nullptr;
    std::string key;  ///< what `ops` refers to
  };
  std::vector<Element> exclusions;
  std::vector<std::pair<python::Value, python::Value>> exclusion_arguments;  ///< expression and operator, as given
  ExpressionObject* predicate = nullptr;
  python::Value method;
  python::Value operator_classes;  ///< `ops`

  std::string_view type_name() const override;
  bool is_instance_of(std::string_view qualified_name) const override;
  python::Outcome attribute(python::Interpreter&, std::string_view name) override;
  python::Outcome set_attribute(python::Interpreter&, std::string_view name, python::Value value) override;
  python::Outcome iterate(python::Interpreter&) override;
  python::Outcome length(python::Interpreter&) override;
};

class IndexObject final : public SchemaItem {
 public:
  GivenName name;
  bool name_given = false;
  TableObject* table = nullptr;
  std::vector<python::Value> arguments;        ///< as they were given
  std::vector<ExpressionObject*> expressions;  ///< once attached
  python::Value unique;
  bool column_flag = false;
  std::vector<const python::Unknown*> incomplete;

  std::string_view type_name() const override { return "sqlalchemy.Index"; }
  python::Outcome attribute(python::Interpreter&, std::string_view name) override;
  python::Outcome set_attribute(python::Interpreter&, std::string_view name, python::Value value) override;
};

/// Something that stands for a column or expression: an attribute of a mapped class, a mapped_column.
class ClauseHolder : public python::HostObject {
 public:
  /// `__clause_element__()`; null if there is none (yet).
  virtual ExpressionObject* clause(Context&) = 0;
};

// What a value is, also through the instance of a subclass; null if it is something else.

MetaDataObject* as_metadata(python::Value);
TableObject* as_table(python::Value);  ///< also what has a `__table__`
ColumnObject* as_column(Context&, python::Value);
ForeignKeyObject* as_foreign_key(python::Value);
ConstraintObject* as_constraint(python::Value);
IndexObject* as_index(python::Value);
SequenceObject* as_sequence(python::Value);
ServerDefaultObject* as_server_default(python::Value);

// Making and changing them, by SQLAlchemy's rules. An Outcome is raised where SQLAlchemy raises.

/// MetaData(…).
MetaDataObject* make_metadata(Context&, python::Arguments&);
/// Table(name, metadata, *columns and constraints, **options): also finds, extends or keeps an existing one.
python::Outcome make_table(Context&, python::Arguments&);
/// Column(…).
ColumnObject* make_column(Context&, python::Arguments&);
/// Fills a column that was made for the instance of a subclass.
void initialize_column(Context&, ColumnObject&, python::Arguments&);
/// `Column._copy()`: what mixins do with their columns.
ColumnObject* copied(Context&, const ColumnObject&);
/// `source._merge(target)`: what `target` does not say comes from `source`.
void merge(Context&, const ColumnObject& source, ColumnObject& target);
/// Gives the column a type, a class or an instance.
void set_type(Context&, ColumnObject&, python::Value type);
/// A column's name (and its key, if it has none): what the declarative mapping does with the attribute's name.
void set_name(ColumnObject&, std::string_view name);
/// An argument of Column(…) behind name and type: ForeignKey, CheckConstraint, Sequence, Identity, … .
void add_to_column(Context&, ColumnObject&, python::Value item);

python::Outcome append_column(Context&, TableObject&, ColumnObject&, bool replace_existing = false);
/// A constraint or index.
python::Outcome append_constraint(Context&, TableObject&, python::Value constraint);
/// Column, constraint, index, or an Unknown: an argument of Table(…).
python::Outcome add_to_table(Context&, TableObject&, python::Value item, bool replace_existing = false);
/// Keyword arguments of Table(…) that say something about the table itself; the rest are dialect options.
void set_table_options(Context&, TableObject&, python::Arguments&);
/// Table.to_metadata.
python::Outcome copied_table(Context&, TableObject&, python::Arguments&);

/// The column that a foreign key refers to, or null while its table or column is not there.
ColumnObject* referred_column(Context&, const ForeignKeyObject&);
/// {table key, column key} of a foreign key; the column is empty where the text names a table alone.
std::pair<std::string, std::string> referred_names(Context&, const ForeignKeyObject&);

/// The column that becomes SERIAL unless it has a default of its own (`_autoincrement_column`), or null.
ColumnObject* autoincrement_column(Context&, const TableObject&);

}  // namespace models
