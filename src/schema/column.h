#pragma once

#include <optional>
#include <string>
#include <vector>

#include "schema/field.h"
#include "schema/name.h"
#include "schema/sequence.h"

namespace schema {

/// GENERATED … AS IDENTITY (attidentity) with the options of its sequence.
struct Identity {
  bool always = false;  ///< a: ALWAYS, d: BY DEFAULT
  SequenceOptions options;

  bool operator==(const Identity&) const = default;
};

/// GENERATED ALWAYS AS (…) (attgenerated).
struct Generated {
  Expression expression;
  bool stored = true;  ///< s: STORED, v: VIRTUAL (PostgreSQL 18)

  bool operator==(const Generated&) const = default;
};

/// SERIAL: a default nextval() of a sequence that the column owns. The sequence is no object of its own.
/// Where its name is what SERIAL would choose, or the state leaves it open, `sequence` is empty.
struct Serial {
  QualifiedName sequence;
  SequenceOptions options;
  std::optional<std::string> comment = {};  ///< on the sequence

  bool operator==(const Serial&) const = default;
};

/// pg_attribute.
struct Column {
  Name name;                                 ///< attname
  TypeName type;                             ///< atttypid, atttypmod
  QualifiedName collation;                   ///< attcollation where it is not the type's own, else empty
  bool not_null = false;                     ///< attnotnull; true for columns of a primary key
  std::optional<Expression> server_default;  ///< adbin; absent for SERIAL and generated columns
  std::optional<Generated> generated;
  std::optional<Identity> identity;
  std::optional<Serial> serial;
  std::optional<std::string> comment;
  std::string storage;               ///< attstorage where it is not the type's own: PLAIN, EXTERNAL, EXTENDED, MAIN
  std::string compression;           ///< attcompression: pglz, lz4 or empty
  std::optional<int> statistics;     ///< attstattarget where it is set
  std::vector<std::string> options;  ///< attoptions the user set ("n_distinct=5"), sorted
  bool inherited = false;            ///< not attislocal: a parent alone brings it; takes no part in comparing

  bool operator==(const Column&) const = default;
};

inline auto fields(const Column& column) {
  const auto& [name, type, collation, not_null, server_default, generated, identity, serial, comment, storage,
               compression, statistics, options, inherited] = column;
  (void)inherited;
  return std::tuple{Field{"name", name},
                    Field{"type", type},
                    Field{"collation", collation},
                    Field{"not_null", not_null},
                    Field{"server_default", server_default},
                    Field{"generated", generated},
                    Field{"identity", identity},
                    Field{"serial", serial},
                    Field{"comment", comment},
                    Field{"storage", storage},
                    Field{"compression", compression},
                    Field{"statistics", statistics},
                    Field{"options", options}};
}

}  // namespace schema
