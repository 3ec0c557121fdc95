#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/place.h"
#include "schema/name.h"

/// What an instance of one of SQLAlchemy's type classes means on PostgreSQL.
namespace models {

/// The family by which SQLAlchemy chooses operators and literals (`_type_affinity`).
enum class Affinity {
  Null,
  String,
  Integer,
  Numeric,
  Boolean,
  Date,
  DateTime,
  Time,
  Interval,
  Binary,
  Uuid,
  Json,
  JsonPath,
  Array,
  Range,
  MultiRange,
  HStore,
  Tuple,
  Other,  ///< network addresses, text search, …, types of one's own: comparable only with themselves
};

/// A type class of SQLAlchemy's own.
struct TypeClass {
  std::string_view name;        ///< canonical: "String", "postgresql.JSONB"
  std::string_view base;        ///< its base class; empty for TypeEngine
  std::string_view visit;       ///< `__visit_name__`
  std::string_view parameters;  ///< of the constructor: "length=None, collation=None"
  Affinity affinity = Affinity::Other;
};

struct Type;
using TypePointer = std::shared_ptr<const Type>;

/// A native enum, or the labels of one that is kept as text.
struct EnumFacts {
  std::vector<std::string> labels;
  bool native = true;
  bool create_type = true;
  bool create_constraint = false;
  bool inherit_schema = false;
  bool has_name = false;
};

struct DomainFacts {
  TypePointer base;
  std::string collation;
  std::optional<schema::Expression> server_default;
  std::string constraint_name;
  std::optional<schema::Expression> check;
  bool not_null = false;
  bool create_type = true;
};

/// A type with its arguments. A value: it does not change with the Python object it was taken from.
struct Type {
  const TypeClass* of = nullptr;
  std::optional<std::int64_t> length;  ///< of strings, bits and binaries
  std::optional<std::int64_t> precision;
  std::optional<std::int64_t> scale;
  std::optional<std::int64_t> dimensions;
  std::string collation;
  std::string fields;  ///< of INTERVAL
  bool timezone = false;
  bool varying = false;
  bool native = true;      ///< of Uuid and Interval
  bool decorated = false;  ///< a TypeDecorator: `item` is its implementation
  bool zero_indexes = false;
  bool none_as_null = false;
  TypePointer item;                ///< of an array, a decorator; `astext_type` of JSON; `text_type` of HSTORE
  std::vector<TypePointer> items;  ///< of a tuple
  std::string name;                ///< of an enum or domain
  std::string schema;              ///< of an enum or domain; empty: none said
  bool folded = false;             ///< `quote=False` on its name
  const void* metadata = nullptr;  ///< the MetaData it is bound to
  std::shared_ptr<const EnumFacts> enumeration;
  std::shared_ptr<const DomainFacts> domain;
  std::string spec;     ///< what `get_col_spec` or `@compiles` wrote, instead of anything else
  std::string unknown;  ///< why it could not be told; all else means nothing then
  base::Place unknown_at;
};

/// The class of that canonical name, or null.
const TypeClass* type_class(std::string_view name);
/// Whether the class is `name` or derives from it.
bool derives_from(const TypeClass* type, std::string_view name);
bool is_type(const TypePointer& type, std::string_view name);

/// A plain instance: `Integer()`.
TypePointer plain_type(std::string_view name);
TypePointer string_type(std::optional<std::int64_t> length = {});

/// What lies beneath decorators.
const Type& implementation(const Type& type);
Affinity affinity(const TypePointer& type);
bool is_null_type(const TypePointer& type);

/// A type whose values `+` joins: strings, arrays, JSON (`Concatenable`).
bool is_concatenable(const TypePointer& type);
/// A type that takes `x[…]`.
bool is_indexable(const TypePointer& type);

/// The type as SQLAlchemy's PostgreSQL compiler writes it, collation included: `VARCHAR(20) COLLATE "C"`.
/// Empty if PostgreSQL has no such type, or the type is not known.
std::string written(const Type& type);

/// The collation apart from the type: {`VARCHAR(20)[]`, `C`}.
struct WrittenType {
  std::string type;
  std::string collation;  ///< an identifier, unquoted; empty for none
};
WrittenType written_apart(const Type& type);

}  // namespace models
