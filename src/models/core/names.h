#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "python/evaluation/arguments.h"
#include "python/evaluation/value.h"

/// The meaning of SQLAlchemy's names: which module paths mean the same thing, and what a call of it does.
namespace models {

struct Context;
}

namespace python {
struct Class;
}

namespace models {

/// What a call of an outside name does.
using Handler = python::Outcome (*)(Context&, python::Arguments&);

struct NamedHandler {
  std::string_view name;  ///< canonical
  Handler handler;
};

/// The one name for a thing that may be imported from many modules: "sqlalchemy.Column" for
/// "sqlalchemy.sql.schema.Column" and "sqlmodel.Column", "sqlalchemy.dialects.postgresql.JSONB" for
/// "sqlalchemy.dialects.postgresql.json.JSONB". Empty if the name is no other's.
std::string canonical_name(std::string_view qualified_name);

/// Constructs of the Core: tables, columns, constraints, expressions, events.
std::span<const NamedHandler> core_handlers();

/// What a name of the Core is: a class of types, a constant, a function with attributes. Absent: an External.
python::Outcome core_value(Context&, std::string_view canonical);

/// What an attribute or method of a Core class means for the instance of a project's subclass: `__init__` of a Column's
/// subclass, methods of TypeDecorator. Absent: nothing.
python::Outcome core_inherited(Context&, std::string_view base, std::string_view name, python::Value receiver);

/// Classes of the project that extend constructs of the Core register themselves: GenericFunction.
void core_class_created(Context&, python::Class&);

}  // namespace models
