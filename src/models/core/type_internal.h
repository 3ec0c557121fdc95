#pragma once

#include "models/core/type.h"
#include "python/evaluation/arguments.h"
#include "python/evaluation/objects.h"

/// What the files of types share among themselves.
namespace models {

struct Context;
class ColumnObject;

/// The Python class of one of SQLAlchemy's type classes; made when first asked for.
python::Class* type_class_object(Context&, const TypeClass& type);
/// The type class that a Python class is or derives from; null if it is no type.
const TypeClass* type_class_of(const python::Class& type);
/// The class that the visit method of that name writes; null if there is none.
const TypeClass* type_class_of_visit(std::string_view visit);
/// The element's arguments as the type that a visit method of the compiler writes: "VARCHAR", "string".
TypePointer type_visited_as(Context&, python::Value element, std::string_view visit);

/// The `__init__` of Enum: labels, name, where it lies.
void initialize_enum(Context&, python::Instance&, const python::Arguments&);

/// Types of libraries beside SQLAlchemy: canonical name and what they are made of. Absent: none of that name.
python::Outcome companion_type(Context&, std::string_view qualified_name);
bool is_companion_module(std::string_view name);
/// Functions of those libraries. Absent: none of that name.
python::Outcome companion_call(Context&, std::string_view qualified_name, python::Arguments&);
/// What the types of libraries do when their column reaches a table: spatial columns get an index.
void attach_companion_parts(Context&, ColumnObject&);

}  // namespace models
