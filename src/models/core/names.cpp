#include "models/core/names.h"

#include <algorithm>
#include <array>
#include <unordered_set>

#include "models/core/handlers.h"
#include "models/core/type.h"

namespace models {
namespace {

/// Modules that give the Core's names away under one name or another.
constexpr std::array core_modules{
    "sqlalchemy",
    "sqlalchemy.schema",
    "sqlalchemy.types",
    "sqlalchemy.event",
    "sqlalchemy.event.api",
    "sqlalchemy.sql",
    "sqlalchemy.sql.base",
    "sqlalchemy.sql.ddl",
    "sqlalchemy.sql.elements",
    "sqlalchemy.sql.expression",
    "sqlalchemy.sql.functions",
    "sqlalchemy.sql.naming",
    "sqlalchemy.sql.schema",
    "sqlalchemy.sql.selectable",
    "sqlalchemy.sql.sqltypes",
    "sqlalchemy.sql.type_api",
    "sqlalchemy.testing.schema",
    "sqlmodel",
    "sqlmodel.sql.expression",
};

constexpr std::string_view dialects = "sqlalchemy.dialects.";
constexpr std::string_view postgresql = "sqlalchemy.dialects.postgresql.";

/// Names of older releases, and second names.
struct Alias {
  std::string_view name;
  std::string_view canonical;
};
constexpr std::array aliases{
    Alias{"sqlalchemy.INT", "sqlalchemy.INTEGER"},
    Alias{"sqlalchemy.Binary", "sqlalchemy.LargeBinary"},
    Alias{"sqlalchemy._Binary", "sqlalchemy.LargeBinary"},
    Alias{"sqlalchemy.ThreadLocalMetaData", "sqlalchemy.MetaData"},
    Alias{"sqlalchemy.PassiveDefault", "sqlalchemy.DefaultClause"},
    Alias{"sqlalchemy.nullsfirst", "sqlalchemy.nulls_first"},
    Alias{"sqlalchemy.nullslast", "sqlalchemy.nulls_last"},
    Alias{"sqlalchemy._NONE_NAME", "sqlalchemy.NONE_NAME"},
    Alias{"sqlalchemy.Cast", "sqlalchemy.cast"},
    Alias{"sqlalchemy.Case", "sqlalchemy.case"},
    Alias{"sqlalchemy.TextClause", "sqlalchemy.text"},
    Alias{"sqlalchemy.BindParameter", "sqlalchemy.bindparam"},
    Alias{"sqlalchemy.Extract", "sqlalchemy.extract"},
    Alias{"sqlalchemy.Tuple", "sqlalchemy.tuple_"},
    Alias{"sqlalchemy.TypeCoerce", "sqlalchemy.type_coerce"},
    Alias{"sqlalchemy.ColumnClause", "sqlalchemy.column"},
    Alias{"sqlalchemy.dialects.postgresql.Any", "sqlalchemy.any_"},
    Alias{"sqlalchemy.dialects.postgresql.All", "sqlalchemy.all_"},
    Alias{"sqlalchemy.dialects.postgresql.PGUuid", "sqlalchemy.UUID"},
    Alias{"sqlalchemy.dialects.postgresql.PGInterval", "sqlalchemy.dialects.postgresql.INTERVAL"},
    Alias{"sqlalchemy.dialects.postgresql.PGBit", "sqlalchemy.dialects.postgresql.BIT"},
};

std::string without_alias(std::string name) {
  const auto found = std::ranges::find(aliases, name, &Alias::name);
  return found == aliases.end() ? name : std::string(found->canonical);
}

bool is_core_module(std::string_view module) { return std::ranges::find(core_modules, module) != core_modules.end(); }

/// "JSONB" out of any module of a dialect; names that all dialects share are the Core's own.
std::string dialect_name(std::string_view rest) {
  const auto dialect_end = rest.find('.');
  if (dialect_end == std::string_view::npos) return {};
  const std::string_view dialect = rest.substr(0, dialect_end);
  const std::string_view last = rest.substr(rest.rfind('.') + 1);
  const std::string own = std::string(dialects) + std::string(dialect) + "." + std::string(last);
  if (dialect == "postgresql" && is_core_name(own)) return own;
  const std::string shared = "sqlalchemy." + std::string(last);
  const bool plain_type = type_class(last) && std::ranges::all_of(last, [](char c) { return c < 'a' || c > 'z'; });
  if (plain_type && is_core_name(shared)) return shared;
  return own;
}

}  // namespace

bool is_core_name(std::string_view canonical) {
  static const auto names = [] {
    std::unordered_set<std::string_view> all;
    for (const NamedHandler& named : core_handlers()) all.insert(named.name);
    for (const std::string_view name : core_constants()) all.insert(name);
    return all;
  }();
  if (names.contains(canonical)) return true;
  if (canonical.starts_with(postgresql))
    return type_class("postgresql." + std::string(canonical.substr(postgresql.size())));
  return canonical.starts_with("sqlalchemy.") && type_class(canonical.substr(11));
}

std::string canonical_name(std::string_view name) {
  std::string known = without_alias(std::string(name));
  if (known.starts_with(dialects)) {
    std::string found = dialect_name(std::string_view(known).substr(dialects.size()));
    return found.empty() ? known : without_alias(std::move(found));
  }
  const auto end = known.rfind('.');
  if (end == std::string::npos || !is_core_module(std::string_view(known).substr(0, end))) return known;
  const std::string short_name = without_alias("sqlalchemy." + known.substr(end + 1));
  return is_core_name(short_name) ? short_name : known;
}

}  // namespace models
