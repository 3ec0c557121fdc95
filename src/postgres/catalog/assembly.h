#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "postgres/connection.h"
#include "schema/database.h"

/// How the results of the catalog queries become one schema::Database.
namespace postgres::catalog {

using Oid = std::uint32_t;

/// A column's place in the catalogs: attrelid with attnum.
struct AttributeId {
  Oid relation = 0;
  int number = 0;

  bool operator==(const AttributeId&) const = default;
};

struct AttributeHash {
  std::size_t operator()(const AttributeId& id) const noexcept {
    return std::hash<std::uint64_t>{}(std::uint64_t{id.relation} << 16 | static_cast<std::uint16_t>(id.number));
  }
};

struct TypeEntry {
  schema::TypeName name;
  Oid collation = 0;  ///< typcollation
  char storage = 'p';
  Oid base = 0;  ///< typbasetype of a domain
};

struct AttributeEntry {
  std::string name;
  Oid type = 0;
  Oid collation = 0;
};

struct OperatorClassEntry {
  schema::QualifiedName name;
  Oid method = 0;
  Oid input_type = 0;
  bool is_default = false;
};

/// An index, until it is known whether a constraint stands on it.
struct IndexEntry {
  Oid relation = 0;
  schema::Index index;
  schema::QualifiedName attached_to;  ///< the index of a partitioned table
  bool of_constraint = false;
};

struct SequenceEntry {
  schema::Sequence sequence;
  std::string quoted;  ///< as regclass prints it under an empty search_path
  AttributeId owner;
  bool of_identity = false;
  bool of_column = false;  ///< part of an identity or SERIAL column
  std::vector<schema::Grant> grants;
};

/// What an ACL is on: it decides what the owner and PUBLIC have by themselves. A column gives nothing.
enum class AclKind { Nothing, Relation, Sequence, Routine, Schema, Type, Language, Foreign };

/// Everything read so far. The queries are taken in a fixed order; each finds here what those before it left.
struct Assembly {
  schema::Database database;
  int major_version = 0;
  std::unordered_map<Oid, std::size_t> tables;  ///< index in database.tables
  std::unordered_map<Oid, std::size_t> views;   ///< index in database.views
  std::unordered_map<Oid, TypeEntry> types;
  std::unordered_map<AttributeId, AttributeEntry, AttributeHash> attributes;
  std::unordered_map<AttributeId, std::string, AttributeHash> defaults;
  std::unordered_map<Oid, OperatorClassEntry> operator_classes;
  std::set<std::pair<Oid, Oid>> default_classes;  ///< access method and input type that have a default class
  std::unordered_map<Oid, SequenceEntry> sequences;
  std::vector<Oid> sequence_order;
  std::unordered_map<AttributeId, std::vector<Oid>, AttributeHash> sequences_of;  ///< of the column that owns them
  std::unordered_map<Oid, std::string> roles;
  std::map<std::pair<std::string, Oid>, std::map<int, std::string>, std::less<>> comments;  ///< class, object; column
  std::vector<IndexEntry> indexes;
  std::unordered_map<Oid, std::size_t> index_of;                          ///< index in indexes
  std::unordered_map<Oid, std::size_t> domains;                           ///< index in database.domains
  std::map<std::pair<std::string, Oid>, std::string, std::less<>> named;  ///< class, object: what others need it as
  std::unordered_map<std::string, std::size_t> others;                    ///< index in database.others

  std::vector<schema::Grant> grants(std::string_view acl, std::string_view owner, AclKind kind) const;
  schema::Table* table(Oid oid);
  schema::View* view(Oid oid);
  std::optional<std::string> comment(std::string_view catalog, Oid object, int column = 0) const;
  /// The type with its modifiers as format_type() prints them ("character varying(20)"), or with none.
  schema::TypeName type(Oid oid, std::string_view formatted) const;
  std::string attribute_name(Oid relation, int number) const;
  std::vector<schema::Name> attribute_names(Oid relation, const std::vector<std::string>& numbers) const;
};

inline Oid oid(const Row& row, int column) { return static_cast<Oid>(row.integer(column)); }

/// A name as regcollation and its like print it: "C", public."My collation".
schema::QualifiedName unquoted(std::string_view text);
/// schema.table or schema.table.column, quoted.
schema::ColumnName column_name(std::string_view text);
/// What an object gives by itself, as letters of an ACL.
struct UsualGrants {
  std::string_view owner;
  std::string_view everybody;
};
UsualGrants usual_grants(AclKind kind, int major_version);
/// How an ACL in text format ("{=r/owner,app=arwdDxt/owner}") differs from what is usual; sorted by role. Without an
/// ACL it does not.
std::vector<schema::Grant> grants(std::string_view acl, std::string_view owner, const UsualGrants& usual,
                                  std::string_view column = {});
std::vector<std::string> sorted(std::vector<std::string> values);
/// The user's options of a column: without the stamp that newer minor versions set by themselves.
std::vector<std::string> without_stamp(std::vector<std::string> options);

void take_namespaces(const Rows& rows, Assembly& assembly);
void take_roles(const Rows& rows, Assembly& assembly);
void take_comments(const Rows& rows, Assembly& assembly);
void take_extensions(const Rows& rows, Assembly& assembly);
void take_extension_types(const Rows& rows, Assembly& assembly);
void take_default_privileges(const Rows& rows, Assembly& assembly);
void take_types(const Rows& rows, Assembly& assembly);
void take_enums(const Rows& rows, Assembly& assembly);
void take_domains(const Rows& rows, Assembly& assembly);
void take_domain_checks(const Rows& rows, Assembly& assembly);
void take_composites(const Rows& rows, Assembly& assembly);
void take_ranges(const Rows& rows, Assembly& assembly);
void take_tables(const Rows& rows, Assembly& assembly);
void take_inheritance(const Rows& rows, Assembly& assembly);
void take_sequences(const Rows& rows, Assembly& assembly);
void take_defaults(const Rows& rows, Assembly& assembly);
void take_views(const Rows& rows, Assembly& assembly);
void take_columns(const Rows& rows, Assembly& assembly);
void take_referred_columns(const Rows& rows, Assembly& assembly);
void take_operator_classes(const Rows& rows, Assembly& assembly);
void take_indexes(const Rows& rows, Assembly& assembly);
void take_constraints(const Rows& rows, Assembly& assembly);
void take_policies(const Rows& rows, Assembly& assembly);
void take_triggers(const Rows& rows, Assembly& assembly);
void take_routines(const Rows& rows, Assembly& assembly);
void take_others(const Rows& rows, Assembly& assembly);
void take_needs(const Rows& rows, Assembly& assembly);
/// What can only be told when all is read: sequences that are part of no column, indexes that are part of no
/// constraint.
void finish_sequences(Assembly& assembly);
void finish_indexes(Assembly& assembly);

}  // namespace postgres::catalog
