#include "ddl/ddl_support.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "schema/name.h"

namespace story {
namespace {

void add(std::string& text, const std::string& line) { text += "  " + line + "\n"; }

std::string shown(const ddl::Statement& statement) {
  std::string text = statement.sql + "\n";
  const std::string lock{ddl::text(statement.lock)};
  if (!lock.empty()) add(text, lock + " on " + statement.table.name);
  if (!statement.transactional) add(text, "outside of transactions");
  if (statement.alone && statement.transactional) add(text, "a transaction of its own");
  if (statement.rewrites) add(text, "rewrites");
  if (statement.builds_index) {
    add(text, "builds an index");
  } else if (statement.scans) {
    add(text, "scans");
  }
  if (!statement.fields.empty()) add(text, "for " + base::joined(statement.fields, ", "));
  for (const std::string& back : statement.rollback) add(text, "back: " + back);
  return text;
}

}  // namespace

std::string shown(const ddl::Statements& statements) {
  std::string text = "\n";
  for (const auto& statement : statements) text += shown(statement);
  return text;
}

ddl::Site busy() { return {.table = {"public", "users"}, .online = true}; }
ddl::Site quiet() { return {.table = {"public", "users"}}; }
ddl::Site partitioned() { return {.table = {"public", "users"}, .online = true, .partitioned = true}; }

void tell(const std::vector<Told>& stories) {
  for (const Told& story : stories) EXPECT_EQ(shown(story.statements), story.expected) << "story: " << story.name;
}

}  // namespace story
