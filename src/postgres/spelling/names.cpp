#include "postgres/spelling/names.h"

#include <set>
#include <unordered_map>

#include "base/text.h"
#include "postgres/catalog.h"
#include "sql/parser.h"
#include "sql/type_name.h"

namespace postgres::spelling {
namespace {
using TypeNames = std::vector<schema::TypeName*>;

void add_types(schema::Database& database, TypeNames& types) {
  for (schema::Table& table : database.tables) {
    for (schema::Column& column : table.columns) types.push_back(&column.type);
  }
  for (schema::Domain& domain : database.domains) types.push_back(&domain.type);
  for (schema::CompositeType& composite : database.composites) {
    for (auto& attribute : composite.attributes) types.push_back(&attribute.type);
  }
  for (schema::RangeType& range : database.ranges) types.push_back(&range.subtype);
}

/// Schemas by the names of the types in them; of several, the one in `public` first.
class TypeIndex {
 public:
  void add(const schema::Database& database) {
    for (const auto& type : database.enums) add(type.name);
    for (const auto& type : database.domains) add(type.name);
    for (const auto& type : database.composites) add(type.name);
    for (const auto& type : database.ranges) add(type.name);
    for (const auto& name : database.extension_types) add(name);
  }

  const std::string* schema_of(const std::string& name) const {
    const auto found = schemas_.find(name);
    return found == schemas_.end() ? nullptr : &found->second;
  }

 private:
  void add(const schema::QualifiedName& name) {
    const auto [place, added] = schemas_.emplace(name.name, name.schema);
    if (!added && name.schema == "public") place->second = name.schema;
  }

  std::unordered_map<std::string, std::string> schemas_;
};

struct Found {
  std::string schema;
  std::set<std::pair<std::string, std::string>> defaults;  ///< of a class: method and type whose default it is
};

/// Along the search path: names of types, operator classes and collations, in one query.
base::Result<std::map<std::pair<char, std::string>, Found>> found_on_path(Connection& connection,
                                                                          const std::set<std::string>& types,
                                                                          const std::set<std::string>& classes,
                                                                          const std::set<std::string>& collations) {
  const auto array = [](const std::set<std::string>& names) { return array_literal({names.begin(), names.end()}); };
  base::Result<Rows> rows = connection.query(
      "SELECT 't', t.typname, n.nspname, NULL, NULL FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace "
      "WHERE t.typname = ANY ($1::name[]) AND pg_type_is_visible(t.oid) "
      "UNION ALL SELECT 'o', o.opcname, n.nspname, CASE WHEN o.opcdefault THEN a.amname END, "
      "format_type(o.opcintype, -1) FROM pg_opclass o JOIN pg_namespace n ON n.oid = o.opcnamespace "
      "JOIN pg_am a ON a.oid = o.opcmethod WHERE o.opcname = ANY ($2::name[]) AND pg_opclass_is_visible(o.oid) "
      "UNION ALL SELECT DISTINCT 'c', c.collname, n.nspname, NULL, NULL FROM pg_collation c JOIN pg_namespace n ON "
      "n.oid = "
      "c.collnamespace WHERE c.collname = ANY ($3::name[]) AND pg_collation_is_visible(c.oid)",
      {array(types), array(classes), array(collations)});
  if (!rows) return std::unexpected(std::move(rows.error()));
  std::map<std::pair<char, std::string>, Found> found;
  for (const Row row : *rows) {
    Found& entry = found[{row[0].front(), row.text(1)}];
    entry.schema = row[2] == "pg_catalog" ? "" : row[2];
    if (!row.null(3)) entry.defaults.emplace(row.text(3), row.text(4));
  }
  return found;
}

template <class Visit>
void each_key(schema::Table& table, Visit visit) {
  for (schema::Index& index : table.indexes) {
    for (schema::IndexKey& key : index.keys) visit(index.method, key);
  }
  for (schema::Exclusion& exclusion : table.exclusions) {
    for (schema::Exclusion::Element& element : exclusion.elements) visit(exclusion.method, element.key);
  }
}

/// What a class takes that is the default for `text` is the default for character types too.
std::string class_type(const schema::TypeName& type) {
  return type.schema.empty() && type.name == "character varying" && !type.array ? "text" : type.name;
}

/// A class or collation that the server would take by itself is left empty, as it is on the actual side.
void drop_defaults(const schema::Table& table, const std::string& method, schema::IndexKey& key,
                   const std::map<std::pair<char, std::string>, Found>& found) {
  const schema::Column* const column = schema::find_column(table, key.column);
  if (column == nullptr) return;
  if (key.collation == column->collation || (column->collation.empty() && key.collation.name == "default")) {
    key.collation = {};
  }
  const auto entry = found.find({'o', key.operator_class.name});
  if (entry == found.end() || !key.operator_class_parameters.empty() || column->type.array) return;
  if (entry->second.defaults.contains({method, class_type(column->type)})) key.operator_class = {};
}

/// Names whose schema is still to be found.
struct Unfound {
  TypeNames types;
  std::vector<schema::QualifiedName*> classes;
  std::vector<schema::QualifiedName*> collations;
};

Unfound unfound(schema::Database& desired, const TypeIndex& known) {
  Unfound result;
  TypeNames types;
  add_types(desired, types);
  for (schema::TypeName* type : types) {
    if (!type->schema.empty() || sql::in_catalog(*type)) continue;
    if (const std::string* schema = known.schema_of(type->name)) {
      type->schema = *schema;
    } else {
      result.types.push_back(type);
    }
  }
  const auto collation = [&](schema::QualifiedName& name) {
    static const std::set<std::string> built_in{"C", "POSIX", "default", "ucs_basic"};
    if (!name.empty() && name.schema.empty() && !built_in.contains(name.name)) result.collations.push_back(&name);
  };
  for (schema::Table& table : desired.tables) {
    for (schema::Column& column : table.columns) collation(column.collation);
    each_key(table, [&](const std::string&, schema::IndexKey& key) {
      collation(key.collation);
      if (!key.operator_class.empty() && key.operator_class.schema.empty()) {
        result.classes.push_back(&key.operator_class);
      }
    });
  }
  for (schema::Domain& domain : desired.domains) collation(domain.collation);
  return result;
}

template <class Named>
std::set<std::string> names_of(const std::vector<Named*>& list) {
  std::set<std::string> names;
  for (const Named* entry : list) names.insert(entry->name);
  return names;
}
}  // namespace

base::Result<void> resolve_names(Connection& connection, schema::Database& desired, const schema::Database& actual) {
  TypeIndex known;
  known.add(desired);
  known.add(actual);
  Unfound missing = unfound(desired, known);
  std::map<std::pair<char, std::string>, Found> found;
  if (!missing.types.empty() || !missing.classes.empty() || !missing.collations.empty()) {
    auto asked =
        found_on_path(connection, names_of(missing.types), names_of(missing.classes), names_of(missing.collations));
    if (!asked) return std::unexpected(std::move(asked.error()));
    found = std::move(*asked);
  }
  for (schema::TypeName* type : missing.types) type->schema = found[{'t', type->name}].schema;
  for (schema::QualifiedName* name : missing.classes) name->schema = found[{'o', name->name}].schema;
  for (schema::QualifiedName* name : missing.collations) name->schema = found[{'c', name->name}].schema;
  for (schema::Table& table : desired.tables) {
    each_key(table,
             [&](const std::string& method, schema::IndexKey& key) { drop_defaults(table, method, key, found); });
  }
  return {};
}

std::string with_types(std::string_view text, const Renamed& renamed) {
  if (renamed.empty()) return std::string(text);
  const base::Result<std::vector<sql::Token>> tokens = sql::scanned(text);
  if (!tokens) return std::string(text);
  const auto name_at = [&](std::size_t i) {
    const sql::Token& token = (*tokens)[i];
    const std::string_view written = text.substr(token.begin, token.end - token.begin);
    if (token.kind == sql::TokenKind::Word) return base::lowered(written);
    if (token.kind != sql::TokenKind::QuotedName || written.size() < 2) return std::string();
    return base::replaced(std::string(written.substr(1, written.size() - 2)), "\"\"", "\"");
  };
  const auto is = [&](std::size_t i, std::string_view what) {
    return i < tokens->size() && text.substr((*tokens)[i].begin, (*tokens)[i].end - (*tokens)[i].begin) == what;
  };
  std::string result;
  std::size_t copied = 0;
  for (std::size_t i = 0; i + 1 < tokens->size(); ++i) {
    if (!is(i, "::") && base::lowered(text.substr((*tokens)[i].begin, (*tokens)[i].end - (*tokens)[i].begin)) != "as") {
      continue;
    }
    std::size_t last = i + 1;
    schema::QualifiedName name{"", name_at(last)};
    if (is(last + 1, ".") && last + 2 < tokens->size()) {
      last += 2;
      name = {name.name, name_at(last)};
    }
    const auto found = renamed.find(name);
    if (found == renamed.end()) continue;
    result += text.substr(copied, (*tokens)[i + 1].begin - copied);
    result += found->second;
    copied = (*tokens)[last].end;
  }
  return result + std::string(text.substr(copied));
}

}  // namespace postgres::spelling
