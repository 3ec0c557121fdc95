#include "app/raw_ddl.h"

#include <algorithm>

#include "ddl/ddl.h"
#include "diff/compare.h"
#include "postgres/catalog.h"
#include "postgres/connection.h"
#include "postgres/scratch.h"
#include "schema/kinds.h"

namespace app {
namespace {

using schema::Database;
using schema::Table;

template <class T>
void append(std::vector<std::string>& statements, const std::vector<T>& objects) {
  for (const T& object : objects) {
    for (std::string& text : ddl::texts(ddl::create(object, {}))) statements.push_back(std::move(text));
  }
}

/// What stands before the tables.
std::vector<std::string> preparation(const Database& database) {
  std::vector<std::string> statements;
  append(statements, database.namespaces);
  append(statements, database.extensions);
  append(statements, database.enums);
  append(statements, database.domains);
  append(statements, database.sequences);
  return statements;
}

std::vector<std::string> tables(const Database& database) {
  std::vector<std::string> statements;
  for (Table table : database.tables) {
    table.foreign_keys.clear();
    table.policies.clear();
    table.grants.clear();
    table.row_security = {};
    append(statements, std::vector{table});
  }
  for (const Table& table : database.tables) {
    ddl::Site site;
    site.table = table.name;
    for (const schema::ForeignKey& key : table.foreign_keys) {
      for (std::string& text : ddl::texts(ddl::create(key, site))) statements.push_back(std::move(text));
    }
  }
  return statements;
}

/// What the server refuses here it refuses in the plan too, which says so.
void run(postgres::Connection& connection, const std::vector<std::string>& statements) {
  for (const std::string& statement : statements) (void)connection.execute(statement);
}

void run_raw(postgres::Connection& connection, schema::Reading& desired, bool before_tables) {
  for (const schema::RawStatement& statement : desired.raw_ddl) {
    const bool first = statement.before_tables && statement.table.empty();
    if (first != before_tables) continue;
    if (const auto ran = connection.execute(statement.sql); !ran) {
      desired.diagnostics.push_back({.code = "DDL_REFUSED",
                                     .message = "the server refuses a statement of the models: " + ran.error().message,
                                     .place = statement.place,
                                     .table = statement.table.empty() ? std::string() : schema::text(statement.table)});
    }
  }
}

base::Result<Database> made(postgres::Scratch& scratch, schema::Reading& desired, bool with_raw_ddl) {
  const auto url = scratch.new_database();
  if (!url) return std::unexpected(url.error());
  auto connection = postgres::Connection::open(*url);
  if (!connection) return std::unexpected(connection.error());
  run(*connection, preparation(desired.database));
  if (with_raw_ddl) run_raw(*connection, desired, true);
  run(*connection, tables(desired.database));
  if (with_raw_ddl) run_raw(*connection, desired, false);
  return postgres::read(*connection);
}

// Where an object of a kind belongs

std::vector<schema::Namespace>* list(Database& database, const schema::Namespace&) { return &database.namespaces; }
std::vector<schema::Extension>* list(Database& database, const schema::Extension&) { return &database.extensions; }
std::vector<schema::EnumType>* list(Database& database, const schema::EnumType&) { return &database.enums; }
std::vector<schema::Domain>* list(Database& database, const schema::Domain&) { return &database.domains; }
std::vector<schema::CompositeType>* list(Database& database, const schema::CompositeType&) {
  return &database.composites;
}
std::vector<schema::RangeType>* list(Database& database, const schema::RangeType&) { return &database.ranges; }
std::vector<schema::Sequence>* list(Database& database, const schema::Sequence&) { return &database.sequences; }
std::vector<Table>* list(Database& database, const Table&) { return &database.tables; }
std::vector<schema::Routine>* list(Database& database, const schema::Routine&) { return &database.routines; }
std::vector<schema::View>* list(Database& database, const schema::View&) { return &database.views; }
std::vector<schema::OtherObject>* list(Database& database, const schema::OtherObject&) { return &database.others; }

std::vector<schema::Column>* list(Table& table, const schema::Column&) { return &table.columns; }
std::vector<schema::Unique>* list(Table& table, const schema::Unique&) { return &table.uniques; }
std::vector<schema::Check>* list(Table& table, const schema::Check&) { return &table.checks; }
std::vector<schema::ForeignKey>* list(Table& table, const schema::ForeignKey&) { return &table.foreign_keys; }
std::vector<schema::Exclusion>* list(Table& table, const schema::Exclusion&) { return &table.exclusions; }
std::vector<schema::Index>* list(Table& table, const schema::Index&) { return &table.indexes; }
std::vector<schema::Trigger>* list(Table& table, const schema::Trigger&) { return &table.triggers; }
std::vector<schema::Policy>* list(Table& table, const schema::Policy&) { return &table.policies; }

template <class T>
concept InDatabase = requires(Database& database, const T& object) {
  list(database, object);
};
template <class T>
concept InTable = requires(Table& table, const T& object) {
  list(table, object);
};

/// Takes over the fields that changed.
template <class T>
void take_fields(T& target, const T& source, const std::vector<std::string>& names) {
  const auto take = [&]<class F>(const schema::Field<F>& to, const schema::Field<F>& from) {
    if (std::ranges::find(names, to.name) != names.end()) const_cast<F&>(to.value) = from.value;
  };
  std::apply(
      [&](const auto&... to) { std::apply([&](const auto&... from) { (take(to, from), ...); }, fields(source)); },
      fields(target));
}

/// Brings the effects of the statements into the desired state.
class Taking {
 public:
  explicit Taking(Database& database) : database_(database) {}

  template <class T>
  void operator()(const diff::Create<T>& change) {
    if constexpr (InDatabase<T>) {
      list(database_, change.after)->push_back(change.after);
    } else if constexpr (InTable<T>) {
      if (Table* table = schema::find_table(database_, change.table))
        list(*table, change.after)->push_back(change.after);
    }
  }

  template <class T>
  void operator()(const diff::Alter<T>& change) {
    if constexpr (std::same_as<T, Table>) {
      if (Table* table = schema::find_table(database_, change.after.name)) {
        take_fields(*table, change.after, change.fields);
      }
    } else if constexpr (InTable<T>) {
      Table* table = schema::find_table(database_, change.table);
      if (!table) return;
      for (T& object : *list(*table, change.after)) {
        if (object.name == change.before.name) take_fields(object, change.after, change.fields);
      }
    }
  }

  template <class T>
  void operator()(const diff::Drop<T>& change) {
    if constexpr (InTable<T>) {
      Table* table = schema::find_table(database_, change.table);
      if (table) std::erase_if(*list(*table, change.before), [&](const T& o) { return o.name == change.before.name; });
    }
  }

  template <class T>
  void operator()(const diff::Rename<T>&) {}
  void operator()(const diff::RenameLabel&) {}

 private:
  Database& database_;
};

}  // namespace

base::Result<void> take_raw_ddl(const Session& session, schema::Reading& desired) {
  if (desired.raw_ddl.empty()) return {};
  session.progress("trying the models' own statements on a scratch server");
  auto scratch = postgres::Scratch::start();
  if (!scratch) return std::unexpected(scratch.error());
  const auto without = made(*scratch, desired, false);
  if (!without) return std::unexpected(without.error());
  auto with = made(*scratch, desired, true);
  if (!with) return std::unexpected(with.error());
  schema::Reading after;
  after.database = std::move(*with);
  Taking taking(desired.database);
  for (const diff::Change& change : diff::compare(after, *without, {}).changes) diff::visit(taking, change);
  desired.raw_ddl.clear();  // what they make is taken
  return {};
}

}  // namespace app
