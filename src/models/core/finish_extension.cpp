// Extensions that a state needs without saying so: for its types, for keys of indexes, for functions in defaults.
#include <algorithm>
#include <array>

#include "models/core/extensions.h"
#include "models/core/finish_internal.h"
#include "sql/type_name.h"

namespace models {
namespace {

struct Provided {
  std::string_view name;
  std::string_view extension;
};

constexpr std::array types{
    Provided{"citext", "citext"},    Provided{"hstore", "hstore"},     Provided{"ltree", "ltree"},
    Provided{"lquery", "ltree"},     Provided{"ltxtquery", "ltree"},   Provided{"cube", "cube"},
    Provided{"vector", "vector"},    Provided{"halfvec", "vector"},    Provided{"sparsevec", "vector"},
    Provided{"geometry", "postgis"}, Provided{"geography", "postgis"}, Provided{"raster", "postgis_raster"},
    Provided{"isbn", "isn"},         Provided{"isbn13", "isn"},        Provided{"issn", "isn"},
    Provided{"ean13", "isn"},        Provided{"upc", "isn"},           Provided{"seg", "seg"},
};

constexpr std::array functions{
    Provided{"uuid_generate_v1(", "uuid-ossp"}, Provided{"uuid_generate_v1mc(", "uuid-ossp"},
    Provided{"uuid_generate_v3(", "uuid-ossp"}, Provided{"uuid_generate_v4(", "uuid-ossp"},
    Provided{"uuid_generate_v5(", "uuid-ossp"},
};

constexpr std::array operator_classes{
    Provided{"gin_trgm_ops", "pg_trgm"},
    Provided{"gist_trgm_ops", "pg_trgm"},
    Provided{"gin__int_ops", "intarray"},
    Provided{"gist__int_ops", "intarray"},
};

/// Types that GiST (or GIN) takes only with the help of an extension.
bool is_scalar(const schema::TypeName& type) {
  constexpr std::array names{"smallint",
                             "integer",
                             "bigint",
                             "real",
                             "double precision",
                             "numeric",
                             "text",
                             "uuid",
                             "boolean",
                             "character varying",
                             "character",
                             "date",
                             "bytea",
                             "money",
                             "timestamp without time zone",
                             "timestamp with time zone",
                             "time without time zone",
                             "time with time zone",
                             "interval",
                             "oid",
                             "bit",
                             "bit varying",
                             "macaddr",
                             "macaddr8"};
  return !type.array && std::ranges::find(names, type.name) != names.end();
}

}  // namespace

std::string_view extension_of(std::string_view name) {
  const auto in = [&](const auto& list) {
    const auto found = std::ranges::find_if(
        list, [&](const Provided& provided) { return provided.name.substr(0, provided.name.find('(')) == name; });
    return found == list.end() ? std::string_view() : found->extension;
  };
  for (const std::string_view extension : {in(types), in(functions), in(operator_classes)}) {
    if (!extension.empty()) return extension;
  }
  return {};
}

void Finisher::need_extension(std::string_view name) {
  std::vector<schema::Extension>& extensions = reading_.database.extensions;
  const bool known =
      std::ranges::any_of(extensions, [&](const schema::Extension& other) { return other.name.text == name; });
  if (!known) extensions.push_back({{std::string(name)}, options_.default_schema, {}});
}

void Finisher::need_extensions_of_key(const schema::Table& table, const schema::IndexKey& key,
                                      const std::string& method) {
  const auto named = std::ranges::find(operator_classes, key.operator_class.name, &Provided::name);
  if (named != operator_classes.end()) need_extension(named->extension);
  const schema::Column* column = schema::find_column(table, key.column);
  if (!column || !key.operator_class.empty()) return;
  const bool is_enum = !column->type.schema.empty() && types_.contains({column->type.schema, column->type.name});
  const bool scalar = is_scalar(column->type) || (is_enum && !column->type.array);
  if (method == "gist" && (scalar || column->type.name == "inet" || column->type.name == "cidr")) {
    if (column->type.name != "boolean") need_extension("btree_gist");
  }
  if (method == "gin" && scalar) need_extension("btree_gin");
}

void Finisher::need_extensions(const schema::Table& table) {
  for (const schema::Column& column : table.columns) {
    const auto type = std::ranges::find(types, column.type.name, &Provided::name);
    const bool foreign = column.type.schema.empty() && !sql::in_catalog(column.type);
    if (type != types.end() && foreign) need_extension(type->extension);
    if (!column.server_default) continue;
    for (const Provided& function : functions) {
      if (column.server_default->text.find(function.name) != std::string::npos) need_extension(function.extension);
    }
  }
  for (const schema::Index& index : table.indexes) {
    for (const schema::IndexKey& key : index.keys) need_extensions_of_key(table, key, index.method);
  }
  for (const schema::Exclusion& exclusion : table.exclusions) {
    for (const schema::Exclusion::Element& element : exclusion.elements) {
      need_extensions_of_key(table, element.key, exclusion.method);
    }
  }
}

}  // namespace models
