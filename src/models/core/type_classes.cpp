// SQLAlchemy's type classes: one line each. A new class needs a line here, and a line in type_text.cpp if it is written
// unlike its base.
#include <array>
#include <unordered_map>

#include "models/core/type.h"
#include "models/core/type_internal.h"

namespace models {
namespace {

constexpr std::string_view none;
constexpr std::string_view enum_parameters = "*";

constexpr std::array classes{
    TypeClass{"TypeEngine", "", "type_engine", none, Affinity::Other},
    TypeClass{"UserDefinedType", "TypeEngine", "user_defined", none, Affinity::Other},
    TypeClass{"TypeDecorator", "TypeEngine", "type_decorator", "*", Affinity::Other},
    TypeClass{"NullType", "TypeEngine", "null", none, Affinity::Null},
    TypeClass{"TupleType", "TypeEngine", "tuple", "*", Affinity::Tuple},

    TypeClass{"String", "TypeEngine", "string", "length=None, collation=None", Affinity::String},
    TypeClass{"Text", "String", "text", "length=None, collation=None", Affinity::String},
    TypeClass{"Unicode", "String", "unicode", "length=None, collation=None", Affinity::String},
    TypeClass{"UnicodeText", "Text", "unicode_text", "length=None, collation=None", Affinity::String},
    TypeClass{"VARCHAR", "String", "VARCHAR", "length=None, collation=None", Affinity::String},
    TypeClass{"NVARCHAR", "Unicode", "NVARCHAR", "length=None, collation=None", Affinity::String},
    TypeClass{"CHAR", "String", "CHAR", "length=None, collation=None", Affinity::String},
    TypeClass{"NCHAR", "Unicode", "NCHAR", "length=None, collation=None", Affinity::String},
    TypeClass{"TEXT", "Text", "TEXT", "length=None, collation=None", Affinity::String},
    TypeClass{"CLOB", "Text", "CLOB", "length=None, collation=None", Affinity::String},
    TypeClass{"Enum", "String", "enum", enum_parameters, Affinity::String},

    TypeClass{"Integer", "TypeEngine", "integer", none, Affinity::Integer},
    TypeClass{"SmallInteger", "Integer", "small_integer", none, Affinity::Integer},
    TypeClass{"BigInteger", "Integer", "big_integer", none, Affinity::Integer},
    TypeClass{"INTEGER", "Integer", "INTEGER", none, Affinity::Integer},
    TypeClass{"SMALLINT", "SmallInteger", "SMALLINT", none, Affinity::Integer},
    TypeClass{"BIGINT", "BigInteger", "BIGINT", none, Affinity::Integer},

    TypeClass{"Numeric", "TypeEngine", "numeric",
              "precision=None, scale=None, decimal_return_scale=None, asdecimal=True", Affinity::Numeric},
    TypeClass{"NUMERIC", "Numeric", "NUMERIC", "precision=None, scale=None, decimal_return_scale=None, asdecimal=True",
              Affinity::Numeric},
    TypeClass{"DECIMAL", "Numeric", "DECIMAL", "precision=None, scale=None, decimal_return_scale=None, asdecimal=True",
              Affinity::Numeric},
    TypeClass{"Float", "Numeric", "float", "precision=None, asdecimal=False, decimal_return_scale=None",
              Affinity::Numeric},
    TypeClass{"Double", "Float", "double", "precision=None, asdecimal=False, decimal_return_scale=None",
              Affinity::Numeric},
    TypeClass{"REAL", "Float", "REAL", "precision=None, asdecimal=False, decimal_return_scale=None", Affinity::Numeric},
    TypeClass{"FLOAT", "Float", "FLOAT", "precision=None, asdecimal=False, decimal_return_scale=None",
              Affinity::Numeric},
    TypeClass{"DOUBLE", "Double", "DOUBLE", "precision=None, asdecimal=False, decimal_return_scale=None",
              Affinity::Numeric},
    TypeClass{"DOUBLE_PRECISION", "Double", "DOUBLE_PRECISION",
              "precision=None, asdecimal=False, decimal_return_scale=None", Affinity::Numeric},

    TypeClass{"Boolean", "TypeEngine", "boolean", "create_constraint=False, name=None, **", Affinity::Boolean},
    TypeClass{"BOOLEAN", "Boolean", "BOOLEAN", "create_constraint=False, name=None, **", Affinity::Boolean},
    TypeClass{"MatchType", "Boolean", "matchtype", "create_constraint=False, name=None, **", Affinity::Boolean},

    TypeClass{"DateTime", "TypeEngine", "datetime", "timezone=False", Affinity::DateTime},
    TypeClass{"DATETIME", "DateTime", "DATETIME", "timezone=False", Affinity::DateTime},
    TypeClass{"TIMESTAMP", "DateTime", "TIMESTAMP", "timezone=False", Affinity::DateTime},
    TypeClass{"Date", "TypeEngine", "date", none, Affinity::Date},
    TypeClass{"DATE", "Date", "DATE", none, Affinity::Date},
    TypeClass{"Time", "TypeEngine", "time", "timezone=False", Affinity::Time},
    TypeClass{"TIME", "Time", "TIME", "timezone=False", Affinity::Time},
    TypeClass{"Interval", "TypeDecorator", "interval", "native=True, second_precision=None, day_precision=None",
              Affinity::Interval},

    TypeClass{"LargeBinary", "TypeEngine", "large_binary", "length=None", Affinity::Binary},
    TypeClass{"BLOB", "LargeBinary", "BLOB", "length=None", Affinity::Binary},
    TypeClass{"BINARY", "LargeBinary", "BINARY", "length=None", Affinity::Binary},
    TypeClass{"VARBINARY", "LargeBinary", "VARBINARY", "length=None", Affinity::Binary},
    TypeClass{"PickleType", "TypeDecorator", "type_decorator",
              "protocol=None, pickler=None, comparator=None, impl=None", Affinity::Binary},

    TypeClass{"JSON", "TypeEngine", "JSON", "none_as_null=False", Affinity::Json},
    TypeClass{"JSON.JSONElementType", "TypeEngine", "json_element", none, Affinity::Other},
    TypeClass{"JSON.JSONIndexType", "JSON.JSONElementType", "json_index", none, Affinity::Other},
    TypeClass{"JSON.JSONIntIndexType", "JSON.JSONIndexType", "json_int_index", none, Affinity::Other},
    TypeClass{"JSON.JSONStrIndexType", "JSON.JSONIndexType", "json_str_index", none, Affinity::Other},
    TypeClass{"JSON.JSONPathType", "JSON.JSONElementType", "json_path", none, Affinity::JsonPath},
    TypeClass{"ARRAY", "TypeEngine", "ARRAY", "item_type, as_tuple=False, dimensions=None, zero_indexes=False",
              Affinity::Array},
    TypeClass{"Uuid", "TypeEngine", "uuid", "as_uuid=True, native_uuid=True", Affinity::Uuid},
    TypeClass{"UUID", "Uuid", "UUID", "as_uuid=True", Affinity::Uuid},

    TypeClass{"postgresql.ARRAY", "ARRAY", "ARRAY", "item_type, as_tuple=False, dimensions=None, zero_indexes=False",
              Affinity::Array},
    TypeClass{"postgresql.BIT", "TypeEngine", "BIT", "length=None, varying=False", Affinity::Other},
    TypeClass{"postgresql.BYTEA", "LargeBinary", "BYTEA", "length=None", Affinity::Binary},
    TypeClass{"postgresql.CIDR", "TypeEngine", "CIDR", none, Affinity::Other},
    TypeClass{"postgresql.CITEXT", "TEXT", "CITEXT", "length=None, collation=None", Affinity::String},
    TypeClass{"postgresql.DOMAIN", "TypeEngine", "DOMAIN",
              "name, data_type, *, collation=None, default=None, constraint_name=None, not_null=None, check=None, "
              "create_type=True, schema=None, metadata=None, inherit_schema=False, quote=None",
              Affinity::Other},
    TypeClass{"postgresql.ENUM", "Enum", "ENUM", enum_parameters, Affinity::String},
    TypeClass{"postgresql.HSTORE", "TypeEngine", "HSTORE", "text_type=None", Affinity::HStore},
    TypeClass{"postgresql.INET", "TypeEngine", "INET", none, Affinity::Other},
    TypeClass{"postgresql.INTERVAL", "TypeEngine", "INTERVAL", "precision=None, fields=None", Affinity::Interval},
    TypeClass{"postgresql.JSON", "JSON", "JSON", "none_as_null=False, astext_type=None", Affinity::Json},
    TypeClass{"postgresql.JSONB", "postgresql.JSON", "JSONB", "none_as_null=False, astext_type=None", Affinity::Json},
    TypeClass{"postgresql.JSONPATH", "JSON.JSONPathType", "JSONPATH", none, Affinity::JsonPath},
    TypeClass{"postgresql.MACADDR", "TypeEngine", "MACADDR", none, Affinity::Other},
    TypeClass{"postgresql.MACADDR8", "TypeEngine", "MACADDR8", none, Affinity::Other},
    TypeClass{"postgresql.MONEY", "TypeEngine", "MONEY", none, Affinity::Other},
    TypeClass{"postgresql.OID", "TypeEngine", "OID", none, Affinity::Other},
    TypeClass{"postgresql.REGCLASS", "TypeEngine", "REGCLASS", none, Affinity::Other},
    TypeClass{"postgresql.REGCONFIG", "TypeEngine", "REGCONFIG", none, Affinity::Other},
    TypeClass{"postgresql.TIME", "TIME", "TIME", "timezone=False, precision=None", Affinity::Time},
    TypeClass{"postgresql.TIMESTAMP", "TIMESTAMP", "TIMESTAMP", "timezone=False, precision=None", Affinity::DateTime},
    TypeClass{"postgresql.TSQUERY", "TypeEngine", "TSQUERY", none, Affinity::Other},
    TypeClass{"postgresql.TSVECTOR", "TypeEngine", "TSVECTOR", none, Affinity::Other},
    TypeClass{"postgresql.AbstractRange", "TypeEngine", "range", none, Affinity::Range},
    TypeClass{"postgresql.AbstractMultiRange", "postgresql.AbstractRange", "multirange", none, Affinity::MultiRange},
    TypeClass{"postgresql.INT4RANGE", "postgresql.AbstractRange", "INT4RANGE", none, Affinity::Range},
    TypeClass{"postgresql.INT8RANGE", "postgresql.AbstractRange", "INT8RANGE", none, Affinity::Range},
    TypeClass{"postgresql.NUMRANGE", "postgresql.AbstractRange", "NUMRANGE", none, Affinity::Range},
    TypeClass{"postgresql.DATERANGE", "postgresql.AbstractRange", "DATERANGE", none, Affinity::Range},
    TypeClass{"postgresql.TSRANGE", "postgresql.AbstractRange", "TSRANGE", none, Affinity::Range},
    TypeClass{"postgresql.TSTZRANGE", "postgresql.AbstractRange", "TSTZRANGE", none, Affinity::Range},
    TypeClass{"postgresql.INT4MULTIRANGE", "postgresql.AbstractMultiRange", "INT4MULTIRANGE", none,
              Affinity::MultiRange},
    TypeClass{"postgresql.INT8MULTIRANGE", "postgresql.AbstractMultiRange", "INT8MULTIRANGE", none,
              Affinity::MultiRange},
    TypeClass{"postgresql.NUMMULTIRANGE", "postgresql.AbstractMultiRange", "NUMMULTIRANGE", none, Affinity::MultiRange},
    TypeClass{"postgresql.DATEMULTIRANGE", "postgresql.AbstractMultiRange", "DATEMULTIRANGE", none,
              Affinity::MultiRange},
    TypeClass{"postgresql.TSMULTIRANGE", "postgresql.AbstractMultiRange", "TSMULTIRANGE", none, Affinity::MultiRange},
    TypeClass{"postgresql.TSTZMULTIRANGE", "postgresql.AbstractMultiRange", "TSTZMULTIRANGE", none,
              Affinity::MultiRange},
};

}  // namespace

const TypeClass* type_class(std::string_view name) {
  static const auto by_name = [] {
    std::unordered_map<std::string_view, const TypeClass*> map;
    for (const TypeClass& type : classes) map.emplace(type.name, &type);
    return map;
  }();
  const auto found = by_name.find(name);
  return found == by_name.end() ? nullptr : found->second;
}

const TypeClass* type_class_of_visit(std::string_view visit) {
  for (const TypeClass& type : classes) {
    if (type.visit == visit) return &type;
  }
  return nullptr;
}

bool derives_from(const TypeClass* type, std::string_view name) {
  for (; type; type = type_class(type->base)) {
    if (type->name == name) return true;
  }
  return false;
}

bool is_type(const TypePointer& type, std::string_view name) { return type && derives_from(type->of, name); }

TypePointer plain_type(std::string_view name) {
  static std::unordered_map<std::string_view, TypePointer> made;
  TypePointer& type = made[name];
  if (!type) {
    Type value;
    value.of = type_class(name);
    type = std::make_shared<const Type>(std::move(value));
  }
  return type;
}

TypePointer string_type(std::optional<std::int64_t> length) {
  Type value;
  value.of = type_class("String");
  value.length = length;
  return std::make_shared<const Type>(std::move(value));
}

const Type& implementation(const Type& type) {
  const Type* at = &type;
  while (at->decorated && at->item) at = at->item.get();
  return *at;
}

Affinity affinity(const TypePointer& type) {
  if (!type) return Affinity::Null;
  const Type& beneath = implementation(*type);
  return beneath.of ? beneath.of->affinity : Affinity::Other;
}

bool is_null_type(const TypePointer& type) { return affinity(type) == Affinity::Null; }

bool is_concatenable(const TypePointer& type) {
  switch (affinity(type)) {
    case Affinity::String:
    case Affinity::Json:
    case Affinity::Array:
    case Affinity::HStore:
    case Affinity::Binary:
    case Affinity::Null:
      return true;
    default:
      return false;
  }
}

bool is_indexable(const TypePointer& type) {
  const Affinity family = affinity(type);
  return family == Affinity::Json || family == Affinity::Array || family == Affinity::HStore;
}

}  // namespace models
