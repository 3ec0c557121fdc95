// Types of libraries beside SQLAlchemy. To add one: a line in the table of its library. Where a project's environment
// has the library's sources they are read instead, and these lines are not asked.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "models/core/objects.h"
#include "models/core/schema_internal.h"
#include "models/core/state.h"
#include "models/core/type_internal.h"
#include "models/core/type_values.h"
#include "models/core/values.h"

namespace models {
namespace {

using python::Arguments;
using python::Interpreter;
using python::Outcome;
using python::Value;

/// What an instance is on PostgreSQL, out of its constructor's arguments (`self` first).
using Implementation = Value (*)(Context&, const Arguments&);

struct Companion {
  std::string_view module;  ///< where it is imported from, or a part of the path above it
  std::string_view name;
  Implementation implementation;
};

/// An instance of one of SQLAlchemy's types.
Value made(Context& context, std::string_view type, std::vector<Value> positional = {},
           std::vector<std::pair<std::string_view, Value>> keywords = {}) {
  Arguments arguments(std::move(positional));
  arguments.keywords = std::move(keywords);
  const Value of = type_class_object(context, *type_class(type));
  return context.interpreter->settled(context.interpreter->call(of, std::move(arguments)));
}

Value plain(Context& context, std::string_view type) { return made(context, type); }

Value sized(Context& context, const Arguments& given, std::string_view name, std::int64_t length) {
  const Value said = argument(given, 1, name);
  return made(context, "Unicode", {said.is_none() ? context.interpreter->integer(length) : said});
}

/// A type that is written by its own words: `vector(3)`.
Value written_as(Context& context, std::string spec) {
  Interpreter& interpreter = *context.interpreter;
  python::Dict* attributes = interpreter.dict();
  const Value text = interpreter.str(spec);
  interpreter.set(
      *attributes, "get_col_spec",
      interpreter.builtin("companion.get_col_spec", [text](Interpreter&, Arguments&) -> Outcome { return text; }));
  const Value base = type_class_object(context, *type_class("UserDefinedType"));
  python::Class* type = interpreter.make_class("Companion", {base}, attributes);
  return interpreter.settled(interpreter.call(Value(type)));
}

/// name(dimensions), or the bare name.
Value with_dimensions(Context& context, const Arguments& given, std::string_view name, std::string_view parameter) {
  const Value dimensions = argument(given, 1, parameter);
  if (dimensions.is_unknown()) return dimensions;
  const auto number = integer_in(dimensions);
  return written_as(context, number ? std::string(name) + "(" + std::to_string(*number) + ")" : std::string(name));
}

/// geometry(POLYGON,4326)
Value spatial(Context& context, const Arguments& given, std::string_view name) {
  const Value kind = argument(given, 1, "geometry_type");
  const Value srid = argument(given, 2, "srid");
  if (kind.is_unknown()) return kind;
  if (srid.is_unknown()) return srid;
  const bool bare = given.find(1, "geometry_type") && kind.is_none();
  if (bare) return written_as(context, std::string(name));
  const std::string* text = text_in(kind);
  const std::int64_t number = integer_in(srid).value_or(-1);
  return written_as(
      context, std::string(name) + "(" + base::uppered(text ? *text : "GEOMETRY") + "," + std::to_string(number) + ")");
}

constexpr std::array companions{
    // sqlalchemy_utils
    Companion{"sqlalchemy_utils", "UUIDType",
              [](Context& c, const Arguments& given) -> Value {
                const Value* native = given.find(2, "native");
                if (!native || is_truthy(c, *native)) return made(c, "UUID");
                const Value binary = argument(given, 1, "binary");
                const bool text = !binary.is_none() && !is_truthy(c, binary);
                return text ? made(c, "CHAR", {c.interpreter->integer(32)}) : made(c, "LargeBinary");
              }},
    Companion{"sqlalchemy_utils", "EmailType",
              [](Context& c, const Arguments& given) { return sized(c, given, "length", 255); }},
    Companion{"sqlalchemy_utils", "URLType", [](Context& c, const Arguments&) { return plain(c, "UnicodeText"); }},
    Companion{"sqlalchemy_utils", "IPAddressType",
              [](Context& c, const Arguments& given) { return sized(c, given, "max_length", 50); }},
    Companion{"sqlalchemy_utils", "PhoneNumberType",
              [](Context& c, const Arguments& given) -> Value {
                const Value length = argument(given, 2, "max_length");
                return made(c, "Unicode", {length.is_none() ? c.interpreter->integer(20) : length});
              }},
    Companion{"sqlalchemy_utils", "ColorType",
              [](Context& c, const Arguments& given) { return sized(c, given, "max_length", 20); }},
    Companion{"sqlalchemy_utils", "CountryType",
              [](Context& c, const Arguments&) { return made(c, "String", {c.interpreter->integer(2)}); }},
    Companion{"sqlalchemy_utils", "CurrencyType",
              [](Context& c, const Arguments&) { return made(c, "String", {c.interpreter->integer(3)}); }},
    Companion{"sqlalchemy_utils", "LocaleType",
              [](Context& c, const Arguments&) { return made(c, "Unicode", {c.interpreter->integer(10)}); }},
    Companion{"sqlalchemy_utils", "TimezoneType",
              [](Context& c, const Arguments&) { return made(c, "Unicode", {c.interpreter->integer(50)}); }},
    Companion{"sqlalchemy_utils", "WeekDaysType",
              [](Context& c, const Arguments&) { return made(c, "postgresql.BIT", {c.interpreter->integer(7)}); }},
    Companion{"sqlalchemy_utils", "ArrowType",
              [](Context& c, const Arguments& given) -> Value {
                return made(c, "DateTime", {argument(given, 1, "timezone")});
              }},
    Companion{"sqlalchemy_utils", "EnrichedDateTimeType",
              [](Context& c, const Arguments&) -> Value { return made(c, "DateTime"); }},
    Companion{"sqlalchemy_utils", "EnrichedDateType", [](Context& c, const Arguments&) { return plain(c, "Date"); }},
    Companion{"sqlalchemy_utils", "ChoiceType",
              [](Context& c, const Arguments& given) -> Value {
                const Value impl = argument(given, 2, "impl");
                return impl.is_none() ? made(c, "Unicode", {c.interpreter->integer(255)}) : type_instance(c, impl);
              }},
    Companion{"sqlalchemy_utils", "ScalarListType",
              [](Context& c, const Arguments&) { return plain(c, "UnicodeText"); }},
    Companion{"sqlalchemy_utils", "JSONType", [](Context& c, const Arguments&) { return plain(c, "JSON"); }},
    Companion{"sqlalchemy_utils", "LtreeType", [](Context& c, const Arguments&) { return written_as(c, "ltree"); }},
    Companion{"sqlalchemy_utils", "TSVectorType",
              [](Context& c, const Arguments&) { return plain(c, "postgresql.TSVECTOR"); }},
    Companion{"sqlalchemy_utils", "PasswordType",
              [](Context& c, const Arguments& given) -> Value {
                const Value length = argument(given, 1, "max_length");
                if (length.is_none()) return unknown_value(c, "the length of a PasswordType follows from its schemes");
                return made(c, "LargeBinary", {length});
              }},
    Companion{"sqlalchemy_utils", "EncryptedType",
              [](Context& c, const Arguments&) { return plain(c, "LargeBinary"); }},
    Companion{
        "sqlalchemy_utils", "StringEncryptedType",
        [](Context& c, const Arguments& given) -> Value { return made(c, "String", {keyword(given, "length")}); }},
    Companion{"sqlalchemy_utils", "AggregatedType", [](Context& c, const Arguments&) { return plain(c, "Integer"); }},
    Companion{"sqlalchemy_utils", "IntRangeType",
              [](Context& c, const Arguments&) { return plain(c, "postgresql.INT4RANGE"); }},
    Companion{"sqlalchemy_utils", "Int8RangeType",
              [](Context& c, const Arguments&) { return plain(c, "postgresql.INT8RANGE"); }},
    Companion{"sqlalchemy_utils", "NumericRangeType",
              [](Context& c, const Arguments&) { return plain(c, "postgresql.NUMRANGE"); }},
    Companion{"sqlalchemy_utils", "DateRangeType",
              [](Context& c, const Arguments&) { return plain(c, "postgresql.DATERANGE"); }},
    Companion{"sqlalchemy_utils", "DateTimeRangeType",
              [](Context& c, const Arguments&) { return plain(c, "postgresql.TSRANGE"); }},
    // sqlalchemy_searchable names the same
    Companion{"sqlalchemy_searchable", "TSVectorType",
              [](Context& c, const Arguments&) { return plain(c, "postgresql.TSVECTOR"); }},

    // pgvector
    Companion{"pgvector", "Vector",
              [](Context& c, const Arguments& given) { return with_dimensions(c, given, "VECTOR", "dim"); }},
    Companion{"pgvector", "VECTOR",
              [](Context& c, const Arguments& given) { return with_dimensions(c, given, "VECTOR", "dim"); }},
    Companion{"pgvector", "HALFVEC",
              [](Context& c, const Arguments& given) { return with_dimensions(c, given, "HALFVEC", "dim"); }},
    Companion{"pgvector", "SPARSEVEC",
              [](Context& c, const Arguments& given) { return with_dimensions(c, given, "SPARSEVEC", "dim"); }},
    Companion{"pgvector", "BIT",
              [](Context& c, const Arguments& given) { return with_dimensions(c, given, "BIT", "length"); }},

    // geoalchemy2
    Companion{"geoalchemy2", "Geometry",
              [](Context& c, const Arguments& given) { return spatial(c, given, "geometry"); }},
    Companion{"geoalchemy2", "Geography",
              [](Context& c, const Arguments& given) { return spatial(c, given, "geography"); }},
    Companion{"geoalchemy2", "Raster", [](Context& c, const Arguments&) { return written_as(c, "raster"); }},

    // sqlalchemy-citext
    Companion{"citext", "CIText", [](Context& c, const Arguments&) { return plain(c, "postgresql.CITEXT"); }},

    // sqlalchemy-json
    Companion{"sqlalchemy_json", "MutableJson", [](Context& c, const Arguments&) { return plain(c, "JSON"); }},
    Companion{"sqlalchemy_json", "NestedMutableJson", [](Context& c, const Arguments&) { return plain(c, "JSON"); }},

    // advanced_alchemy
    Companion{"advanced_alchemy", "GUID", [](Context& c, const Arguments&) { return plain(c, "UUID"); }},
    Companion{"advanced_alchemy", "ORA_JSONB", [](Context& c, const Arguments&) { return plain(c, "JSON"); }},
    Companion{
        "advanced_alchemy", "DateTimeUTC",
        [](Context& c, const Arguments&) -> Value { return made(c, "DateTime", {c.interpreter->boolean(true)}); }},
    Companion{
        "advanced_alchemy", "EncryptedString",
        [](Context& c, const Arguments& given) -> Value { return made(c, "String", {keyword(given, "length")}); }},
    Companion{"advanced_alchemy", "EncryptedText", [](Context& c, const Arguments&) { return plain(c, "Text"); }},
    Companion{"advanced_alchemy", "PasswordHash",
              [](Context& c, const Arguments& given) -> Value {
                const Value length = argument(given, 2, "length");
                return made(c, "String", {length.is_none() ? c.interpreter->integer(128) : length});
              }},
    Companion{"advanced_alchemy", "FileObject",
              [](Context& c, const Arguments&) { return plain(c, "postgresql.JSONB"); }},
    Companion{"advanced_alchemy", "JsonB", [](Context& c, const Arguments&) { return plain(c, "postgresql.JSONB"); }},

    // fastapi-users
    Companion{"fastapi_users_db_sqlalchemy", "GUID", [](Context& c, const Arguments&) { return plain(c, "UUID"); }},
    Companion{
        "fastapi_users_db_sqlalchemy", "TIMESTAMPAware",
        [](Context& c, const Arguments&) -> Value { return made(c, "TIMESTAMP", {c.interpreter->boolean(true)}); }},
};

const Companion* companion_named(std::string_view qualified_name) {
  const auto dot = qualified_name.rfind('.');
  if (dot == std::string_view::npos) return nullptr;
  const std::string_view name = qualified_name.substr(dot + 1);
  const std::string_view root = qualified_name.substr(0, qualified_name.find('.'));
  for (const Companion& known : companions) {
    if (known.module == root && known.name == name) return &known;
  }
  return nullptr;
}

/// GeoAlchemy makes a GiST index of every spatial column, unless it is told not to.
void add_spatial_index(Context& context, python::Instance& self, const Arguments& given, std::string_view name) {
  if (name != "Geometry" && name != "Geography" && name != "Raster") return;
  const Value* wanted = given.keyword("spatial_index");
  if (wanted && !is_truthy(context, *wanted)) return;
  context.interpreter->set(*self.attributes, "_spatial_index", context.interpreter->boolean(true));
}

/// sqlalchemy_json.mutable_json_type(dbtype=JSONB, nested=True) is the type.
Outcome mutable_json_type(Context& context, Arguments& given) {
  const Value type = argument(given, 0, "dbtype");
  return type.is_none() ? plain(context, "JSON") : type_instance(context, type);
}

}  // namespace

bool is_companion_module(std::string_view name) {
  const std::string_view root = name.substr(0, name.find('.'));
  return std::ranges::find(companions, root, &Companion::module) != companions.end();
}

Outcome companion_call(Context& context, std::string_view qualified_name, Arguments& given) {
  if (qualified_name.starts_with("sqlalchemy_json.") && qualified_name.ends_with(".mutable_json_type")) {
    return mutable_json_type(context, given);
  }
  return python::absent;
}

Outcome companion_type(Context& context, std::string_view qualified_name) {
  const Companion* companion = companion_named(qualified_name);
  if (!companion) return python::absent;
  auto& known = state(context).types;
  const std::string key = std::string(companion->module) + "." + std::string(companion->name);
  if (const auto found = known.find(key); found != known.end()) return found->second;
  Interpreter& interpreter = *context.interpreter;
  python::Dict* attributes = interpreter.dict();
  interpreter.set(*attributes, "impl", type_class_object(context, *type_class("NullType")));
  const Value initialize = interpreter.builtin(
      interpreter.intern(key + ".__init__"), [&context, companion](Interpreter& python, Arguments& given) -> Outcome {
        auto* self = given.positional.empty() ? nullptr : given.positional[0].as<python::Instance>();
        if (!self) return Value();
        const python::Unknown* unknown = unknown_arguments(given);
        const Value impl =
            unknown ? Value(const_cast<python::Unknown*>(unknown)) : companion->implementation(context, given);
        python.set(*self->attributes, "impl", impl);
        add_spatial_index(context, *self, given, companion->name);
        return Value();
      });
  interpreter.set(*attributes, "__init__", initialize);
  const Value base = type_class_object(context, *type_class("TypeDecorator"));
  python::Class* type = interpreter.make_class(companion->name, {base}, attributes);
  type->qualified_name = key;
  known.emplace(key, type);
  return type;
}

void attach_companion_parts(Context& context, ColumnObject& column) {
  const auto* type = column.data_type.as<python::Instance>();
  if (!type || !type->attributes->find("_spatial_index") || !column.table) return;
  GivenName name;
  name.text = "idx_" + column.table->name.text + "_" + column.name.text;
  name.conventional = true;
  IndexObject* index = make_index(context, Value(), {context.interpreter->str(column.column_key)});
  index->location = column.location;
  index->name = name;
  index->name_given = true;
  index->column_flag = true;
  index->options.emplace_back("postgresql_using", context.interpreter->str("gist"));
  (void)attach(context, *column.table, *index);
}

}  // namespace models
