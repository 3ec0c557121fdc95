#pragma once

#include <optional>
#include <string>
#include <vector>

#include "schema/constraint.h"
#include "schema/field.h"
#include "schema/name.h"
#include "schema/role.h"

namespace schema {

/// CREATE TYPE … AS ENUM (pg_enum in enumsortorder).
struct EnumType {
  QualifiedName name;
  std::vector<std::string> labels;  ///< enumlabel
  std::optional<std::string> comment;
  Name owner = {};
  std::vector<Grant> grants = {};  ///< typacl

  bool operator==(const EnumType&) const = default;
};

inline auto fields(const EnumType& type) {
  const auto& [name, labels, comment, owner, grants] = type;
  (void)owner;
  return std::tuple{Field{"name", name}, Field{"labels", labels}, Field{"comment", comment}, Field{"grants", grants}};
}

/// CREATE DOMAIN (typtype d).
struct Domain {
  QualifiedName name;
  TypeName type;                             ///< typbasetype, typtypmod
  QualifiedName collation;                   ///< typcollation where it is not the base type's
  bool not_null = false;                     ///< typnotnull
  std::optional<Expression> server_default;  ///< typdefaultbin
  std::vector<Check> checks;                 ///< pg_constraint.contypid; VALUE stands for the value
  std::optional<std::string> comment;
  Name owner = {};
  std::vector<Grant> grants = {};  ///< typacl

  bool operator==(const Domain&) const = default;
};

inline auto fields(const Domain& domain) {
  const auto& [name, type, collation, not_null, server_default, checks, comment, owner, grants] = domain;
  (void)owner;
  return std::tuple{Field{"name", name},
                    Field{"type", type},
                    Field{"collation", collation},
                    Field{"not_null", not_null},
                    Field{"server_default", server_default},
                    Field{"checks", checks},
                    Field{"comment", comment},
                    Field{"grants", grants}};
}

/// CREATE TYPE … AS (…) (typtype c without a table).
struct CompositeType {
  struct Attribute {
    Name name;
    TypeName type;
    QualifiedName collation;

    bool operator==(const Attribute&) const = default;
  };
  QualifiedName name;
  std::vector<Attribute> attributes;
  std::optional<std::string> comment;
  Name owner = {};
  std::vector<Grant> grants = {};  ///< typacl

  bool operator==(const CompositeType&) const = default;
};

inline auto fields(const CompositeType& type) {
  const auto& [name, attributes, comment, owner, grants] = type;
  (void)owner;
  return std::tuple{Field{"name", name}, Field{"attributes", attributes}, Field{"comment", comment},
                    Field{"grants", grants}};
}

/// CREATE TYPE … AS RANGE (pg_range); `options` is what stands in the brackets.
struct RangeType {
  QualifiedName name;
  TypeName subtype;
  std::string options;  ///< further options as SQL, "" for none: "subtype_diff = float8mi"
  std::optional<std::string> comment;
  Name owner = {};
  std::vector<Grant> grants = {};  ///< typacl

  bool operator==(const RangeType&) const = default;
};

inline auto fields(const RangeType& type) {
  const auto& [name, subtype, options, comment, owner, grants] = type;
  (void)owner;
  return std::tuple{Field{"name", name}, Field{"subtype", subtype}, Field{"options", options},
                    Field{"comment", comment}, Field{"grants", grants}};
}

}  // namespace schema
