#include "ddl/statement.h"

#include <iterator>
#include <utility>

namespace ddl {

std::string_view text(Lock lock) {
  switch (lock) {
    case Lock::None:
      return "";
    case Lock::AccessShare:
      return "ACCESS SHARE";
    case Lock::RowShare:
      return "ROW SHARE";
    case Lock::RowExclusive:
      return "ROW EXCLUSIVE";
    case Lock::ShareUpdateExclusive:
      return "SHARE UPDATE EXCLUSIVE";
    case Lock::Share:
      return "SHARE";
    case Lock::ShareRowExclusive:
      return "SHARE ROW EXCLUSIVE";
    case Lock::Exclusive:
      return "EXCLUSIVE";
    case Lock::AccessExclusive:
      return "ACCESS EXCLUSIVE";
  }
  return "";
}

std::vector<std::string> texts(const Statements& statements) {
  std::vector<std::string> result;
  for (const Statement& statement : statements) result.push_back(statement.sql);
  return result;
}

Statements undone_by(Statements statements, const Statements& rollback) {
  for (Statement& statement : statements) statement.rollback.clear();
  if (!statements.empty()) statements.front().rollback = texts(rollback);
  return statements;
}

void append(Statements& to, Statements more) {
  to.insert(to.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

}  // namespace ddl
