#pragma once

#include <optional>
#include <string>
#include <vector>

#include "schema/field.h"
#include "schema/index.h"
#include "schema/name.h"

namespace schema {

/// When a constraint is checked (condeferrable, condeferred).
enum class Deferral { NotDeferrable, InitiallyImmediate, InitiallyDeferred };

/// Every constraint has the name that the server has or would choose. `name_open` says that its state left the choice
/// to the server: a name that differs is then no difference. It takes no part in comparing.
struct PrimaryKey {
  Name name;
  bool name_open = false;
  std::vector<Name> columns;  ///< in key order
  std::vector<Name> include;
  Deferral deferral = Deferral::NotDeferrable;
  bool without_overlaps = false;                ///< conperiod (PostgreSQL 18)
  std::vector<std::string> storage_parameters;  ///< reloptions of the index, sorted
  std::optional<std::string> comment;

  bool operator==(const PrimaryKey&) const = default;
};

inline auto fields(const PrimaryKey& key) {
  const auto& [name, name_open, columns, include, deferral, without_overlaps, storage_parameters, comment] = key;
  (void)name_open;
  return std::tuple{Field{"name", name},
                    Field{"columns", columns},
                    Field{"include", include},
                    Field{"deferral", deferral},
                    Field{"without_overlaps", without_overlaps},
                    Field{"storage_parameters", storage_parameters},
                    Field{"comment", comment}};
}

struct Unique {
  Name name;
  bool name_open = false;
  std::vector<Name> columns;
  std::vector<Name> include;
  bool nulls_not_distinct = false;  ///< indnullsnotdistinct (PostgreSQL 15)
  Deferral deferral = Deferral::NotDeferrable;
  bool without_overlaps = false;
  std::vector<std::string> storage_parameters;
  std::optional<std::string> comment;

  bool operator==(const Unique&) const = default;
};

inline auto fields(const Unique& unique) {
  const auto& [name, name_open, columns, include, nulls_not_distinct, deferral, without_overlaps, storage_parameters,
               comment] = unique;
  (void)name_open;
  return std::tuple{Field{"name", name},
                    Field{"columns", columns},
                    Field{"include", include},
                    Field{"nulls_not_distinct", nulls_not_distinct},
                    Field{"deferral", deferral},
                    Field{"without_overlaps", without_overlaps},
                    Field{"storage_parameters", storage_parameters},
                    Field{"comment", comment}};
}

struct Check {
  Name name;
  bool name_open = false;
  Expression expression;    ///< conbin
  bool no_inherit = false;  ///< connoinherit
  bool validated = true;    ///< convalidated
  bool enforced = true;     ///< conenforced (PostgreSQL 18)
  std::optional<std::string> comment;

  bool operator==(const Check&) const = default;
};

inline auto fields(const Check& check) {
  const auto& [name, name_open, expression, no_inherit, validated, enforced, comment] = check;
  (void)name_open;
  return std::tuple{Field{"name", name},           Field{"expression", expression}, Field{"no_inherit", no_inherit},
                    Field{"validated", validated}, Field{"enforced", enforced},     Field{"comment", comment}};
}

/// confupdtype, confdeltype.
enum class ReferentialAction { NoAction, Restrict, Cascade, SetNull, SetDefault };

struct ForeignKey {
  Name name;
  bool name_open = false;
  std::vector<Name> columns;           ///< conkey
  QualifiedName referred_table;        ///< confrelid
  std::vector<Name> referred_columns;  ///< confkey
  ReferentialAction on_update = ReferentialAction::NoAction;
  ReferentialAction on_delete = ReferentialAction::NoAction;
  std::vector<Name> on_delete_columns;  ///< confdelsetcols (PostgreSQL 15)
  bool match_full = false;              ///< confmatchtype f
  Deferral deferral = Deferral::NotDeferrable;
  bool period = false;  ///< conperiod (PostgreSQL 18)
  bool validated = true;
  bool enforced = true;
  std::optional<std::string> comment;

  bool operator==(const ForeignKey&) const = default;
};

inline auto fields(const ForeignKey& key) {
  const auto& [name, name_open, columns, referred_table, referred_columns, on_update, on_delete, on_delete_columns,
               match_full, deferral, period, validated, enforced, comment] = key;
  (void)name_open;
  return std::tuple{Field{"name", name},
                    Field{"columns", columns},
                    Field{"referred_table", referred_table},
                    Field{"referred_columns", referred_columns},
                    Field{"on_update", on_update},
                    Field{"on_delete", on_delete},
                    Field{"on_delete_columns", on_delete_columns},
                    Field{"match_full", match_full},
                    Field{"deferral", deferral},
                    Field{"period", period},
                    Field{"validated", validated},
                    Field{"enforced", enforced},
                    Field{"comment", comment}};
}

/// EXCLUDE USING method (element WITH operator, …) WHERE (predicate).
struct Exclusion {
  struct Element {
    IndexKey key;
    std::string operator_name;  ///< conexclop; as written after WITH, schema-qualified outside pg_catalog

    bool operator==(const Element&) const = default;
  };

  Name name;
  bool name_open = false;
  std::string method = "gist";
  std::vector<Element> elements;
  std::vector<Name> include;
  std::optional<Expression> predicate;
  Deferral deferral = Deferral::NotDeferrable;
  std::vector<std::string> storage_parameters;
  std::optional<std::string> comment;

  bool operator==(const Exclusion&) const = default;
};

inline auto fields(const Exclusion& exclusion) {
  const auto& [name, name_open, method, elements, include, predicate, deferral, storage_parameters, comment] =
      exclusion;
  (void)name_open;
  return std::tuple{Field{"name", name},
                    Field{"method", method},
                    Field{"elements", elements},
                    Field{"include", include},
                    Field{"predicate", predicate},
                    Field{"deferral", deferral},
                    Field{"storage_parameters", storage_parameters},
                    Field{"comment", comment}};
}

}  // namespace schema
