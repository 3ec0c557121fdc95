#pragma once

#include <initializer_list>

#include "models/core/objects.h"

/// What the files of schema constructs share among themselves.
namespace models {

/// An object that was just made: where, and in which order.
void mark_made(Context&, SchemaItem&);

/// Calls the listeners of an event: those of the classes first, then the object's own.
void fire(Context&, python::HostObject& target, const std::vector<Listener>& own, std::string_view event,
          python::Value target_value, python::Value parent);

/// A name out of its convention, where there is one: called when a constraint or index reaches its table.
void name_by_convention(Context&, ConstraintObject&);
void name_by_convention(Context&, IndexObject&);
/// The primary key's name anew: its columns have changed.
void rename_implicit_key(Context&, TableObject&);

/// Attaches by itself what is made of columns that have a table; what is made of columns without one waits for them.
void attach_by_columns(Context&, ConstraintObject&);
void attach_by_columns(Context&, IndexObject&);
/// A column has reached its table: what waited for it.
void attach_waiting(Context&, ColumnObject&);

python::Outcome attach(Context&, TableObject&, ConstraintObject&);
python::Outcome attach(Context&, TableObject&, IndexObject&);
/// A column's foreign key becomes a constraint of the table.
void attach_foreign_key(Context&, ForeignKeyObject&, TableObject&);
void attach_sequence(Context&, SequenceObject&, MetaDataObject&);
/// The CHECK of an Enum that is no native one.
void attach_type_constraint(Context&, ColumnObject&);

ConstraintObject* make_constraint(Context&, ConstraintKind which);
IndexObject* make_index(Context&, python::Value name, std::vector<python::Value> expressions);
ForeignKeyObject* copied(Context&, const ForeignKeyObject&);
ConstraintObject* copied_check(Context&, const ConstraintObject&);
/// The expression with the columns of a table replaced by those of another with the same keys.
ExpressionObject* transferred(Context&, ExpressionObject*, const TableObject& from, const TableObject& to);

/// A FOREIGN KEY's columns and targets.
ForeignKeyObject* make_element(Context&, ConstraintObject&, python::Value target);

/// Keyword arguments for dialects, kept as they are.
void keep_options(DialectOptions&, const python::Arguments&);

/// A view of columns by key: `table.c`.
python::Value column_collection(Context&, TableObject&);
python::Value column_collection(Context&, const std::vector<ColumnObject*>&);
/// The live sets `table.constraints` and `table.indexes`.
python::Value constraint_set(Context&, TableObject&);
python::Value index_set(Context&, TableObject&);
/// Puts another collection in place of the set.
void assign_constraints(Context&, TableObject&, python::Value);
void assign_indexes(Context&, TableObject&, python::Value);

python::Value python_set(Context&, const std::vector<python::Value>&);
python::Value name_value(Context&, const GivenName&);

/// What a Table or Column was called with that cannot be read.
void note_unknown(std::vector<const python::Unknown*>&, python::Value);
void note_unknown(std::vector<const python::Unknown*>&, const python::Arguments&);

bool is_blank_schema(python::Value);
/// MODEL_INVALID, with both places.
void report_conflict(Context&, const TableObject& table, const python::Location& second, const python::Location& first,
                     std::string message);

}  // namespace models
