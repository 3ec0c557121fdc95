#pragma once

#include "models/core/type.h"
#include "python/evaluation/value.h"

/// From Python's instances of type classes to types.
namespace models {

struct Context;
class ColumnObject;

/// The type that a class or an instance of one means on PostgreSQL: variants, decorators, `get_col_spec` and
/// `@compiles` worked out. None is NullType. Never null: what cannot be read is a type with `unknown`.
TypePointer type_from(Context&, python::Value, const ColumnObject* column = nullptr);

/// The column's type, of a column without one that of the column its foreign key refers to.
TypePointer column_type(Context&, const ColumnObject&);

/// The value is a class or an instance of SQLAlchemy's types (`_sqla_type`).
bool is_type_value(python::Value);
/// `to_instance`: the class called without arguments, or the instance itself.
python::Value type_instance(Context&, python::Value);
/// What a type does when its column reaches a table: enums that inherit its schema.
void type_reaches_table(Context&, ColumnObject&);
/// `type.copy()` of types that are schema items (Enum, Boolean, ARRAY, decorators): columns copy them with themselves.
python::Value copied_type(Context&, python::Value);

}  // namespace models
