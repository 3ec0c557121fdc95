#include "migration/migration.h"

#include <fmt/format.h>

#include "base/text.h"
#include "migration/splitter.h"
#include "plan/script.h"

namespace migration {
namespace {

std::vector<Statement> normalised(const std::vector<Statement>& statements) {
  std::vector<Statement> result;
  for (const Statement& statement : statements) {
    for (const Piece& piece : split_sql(statement.sql)) {
      if (piece.kind != Piece::Kind::Statement) continue;
      result.push_back(statement);
      result.back().sql = piece.text;
    }
  }
  return result;
}

/// The texts with the numbers of the groups made to count from 0, and those that no other shares left out.
std::string canonical(const std::vector<Statement>& statements) {
  std::string text;
  int group = 0;
  for (std::size_t i = 0; i < statements.size(); ++i) {
    const Statement& statement = statements[i];
    if (i > 0 && (!statement.group || statement.group != statements[i - 1].group)) ++group;
    text += fmt::format("{} {} {}\n{}\n", group, statement.transactional, statement.sql.size(), statement.sql);
  }
  return text;
}

/// Reads words and names of an SQL text one after the other.
class NameReader {
 public:
  explicit NameReader(std::string_view sql) : sql_(sql) {}

  /// An identifier, folded unless it is quoted; empty where there is none.
  std::string next() {
    skip_blanks();
    std::string name = at_ < sql_.size() && sql_[at_] == '"' ? quoted() : plain();
    skip_blanks();
    return name;
  }

  bool take_dot() { return at_ < sql_.size() && sql_[at_] == '.' ? ++at_, true : false; }

 private:
  void skip_blanks() { at_ = std::min(sql_.find_first_not_of(" \t\r\n", at_), sql_.size()); }

  std::string plain() {
    const std::size_t end = std::min(sql_.find_first_of(" \t\r\n.(\";,", at_), sql_.size());
    std::string name = base::lowered(sql_.substr(at_, end - at_));
    at_ = end;
    return name;
  }

  std::string quoted() {
    std::string name;
    for (++at_; at_ < sql_.size(); ++at_) {
      if (sql_[at_] == '"' && (at_ + 1 >= sql_.size() || sql_[at_ + 1] != '"')) break;
      if (sql_[at_] == '"') ++at_;
      name += sql_[at_];
    }
    at_ = std::min(at_ + 1, sql_.size());
    return name;
  }

  std::string_view sql_;
  std::size_t at_ = 0;
};

std::optional<schema::QualifiedName> table_created(std::string_view sql) {
  NameReader reader(sql);
  if (reader.next() != "create") return std::nullopt;
  std::string word = reader.next();
  if (word == "unlogged") word = reader.next();
  if (word != "table") return std::nullopt;
  schema::QualifiedName name{{}, reader.next()};
  if (name.name == "if") {
    reader.next();
    reader.next();
    name.name = reader.next();
  }
  if (reader.take_dot()) name = {name.name, reader.next()};
  return name.name.empty() ? std::nullopt : std::optional(name);
}

}  // namespace

std::string statements_checksum(const Migration& migration) {
  return base::sha256(canonical(migration.up) + "down\n" + canonical(migration.down));
}

Migration normalised(Migration migration) {
  migration.up = normalised(migration.up);
  migration.down = normalised(migration.down);
  return migration;
}

bool does_the_same(const Migration& one, const Migration& other) {
  return canonical(one.up) == canonical(other.up) && canonical(one.down) == canonical(other.down);
}

std::vector<schema::QualifiedName> tables_created(const std::vector<Statement>& statements) {
  std::vector<schema::QualifiedName> tables;
  for (const Statement& statement : statements) {
    if (auto table = table_created(statement.sql)) tables.push_back(std::move(*table));
  }
  return tables;
}

Migration drafted(const plan::Plan& plan, const std::string& message,
                  const std::vector<schema::QualifiedName>& tables) {
  Migration migration;
  migration.message = message;
  for (const auto& step : plan.steps) {
    if (step.unsupported) continue;
    migration.up.push_back({step.sql, step.transactional, step.group, step.description});
    if (step.risk == risk::Severity::Danger) migration.dangers.push_back(step.description);
  }
  for (auto& sql : plan::rollback(plan)) migration.down.push_back({std::move(sql), true, 0, ""});
  migration.plan = plan::fingerprint(plan);
  for (const auto& table : tables) migration.tables.push_back(schema::text(table));
  return migration;
}

}  // namespace migration
