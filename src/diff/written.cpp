#include "diff/written.h"

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <utility>

namespace diff {
namespace {

using schema::Expression;
using schema::Table;

void take(Expression& to, const Expression& from) {
  if (!to.text.empty() && !from.text.empty()) to = from;
}

void take(std::optional<Expression>& to, const std::optional<Expression>& from) {
  if (to && from) take(*to, *from);
}

void take(schema::Column& to, const schema::Column& from) {
  take(to.server_default, from.server_default);
  if (to.generated && from.generated) take(to.generated->expression, from.generated->expression);
}

void take(schema::Check& to, const schema::Check& from) { take(to.expression, from.expression); }

void take(schema::Index& to, const schema::Index& from) {
  take(to.predicate, from.predicate);
  if (to.keys.size() != from.keys.size()) return;
  for (std::size_t at = 0; at < to.keys.size(); ++at) take(to.keys[at].expression, from.keys[at].expression);
}

void take(schema::Exclusion& to, const schema::Exclusion& from) {
  take(to.predicate, from.predicate);
  if (to.elements.size() != from.elements.size()) return;
  for (std::size_t at = 0; at < to.elements.size(); ++at) {
    take(to.elements[at].key.expression, from.elements[at].key.expression);
  }
}

void take(schema::Policy& to, const schema::Policy& from) {
  take(to.using_expr, from.using_expr);
  take(to.with_check_expr, from.with_check_expr);
}

template <class T>
const T* named(const std::vector<T>& list, const schema::Name& name) {
  const auto found = std::ranges::find(list, name, &T::name);
  return found == list.end() ? nullptr : &*found;
}

template <class T>
void take_each(std::vector<T>& to, const std::vector<T>& from) {
  for (T& object : to) {
    if (const T* written = named(from, object.name)) take(object, *written);
  }
}

void take(Table& to, const Table& from) {
  take_each(to.columns, from.columns);
  take_each(to.checks, from.checks);
  take_each(to.indexes, from.indexes);
  take_each(to.exclusions, from.exclusions);
  take_each(to.policies, from.policies);
}

const std::vector<schema::Column>& list_in(const Table& table, const schema::Column&) { return table.columns; }
const std::vector<schema::Check>& list_in(const Table& table, const schema::Check&) { return table.checks; }
const std::vector<schema::Index>& list_in(const Table& table, const schema::Index&) { return table.indexes; }
const std::vector<schema::Exclusion>& list_in(const Table& table, const schema::Exclusion&) { return table.exclusions; }
const std::vector<schema::Policy>& list_in(const Table& table, const schema::Policy&) { return table.policies; }

class Writing {
 public:
  explicit Writing(const schema::Database& written) {
    for (const Table& table : written.tables) tables_.emplace(table.name, &table);
  }

  void rewrite(Table& table) const {
    if (const Table* written = find(table.name)) take(table, *written);
  }

  Change rewritten(const Change& change) const {
    return visit([this](const auto& each) -> Change { return as_written(each); }, change);
  }

 private:
  template <class T>
  Change as_written(const T& change) const {
    return change;
  }
  template <class T>
  Change as_written(const Create<T>& change) const {
    return with_words(change);
  }
  template <class T>
  Change as_written(const Alter<T>& change) const {
    return with_words(change);
  }

  template <class C>
  Change with_words(const C& change) const {
    using T = decltype(change.after);
    if constexpr (std::is_same_v<T, Table>) {
      C result = change;
      rewrite(result.after);
      return result;
    } else if constexpr (requires { list_in(std::declval<Table>(), change.after); }) {
      C result = change;
      const Table* table = find(change.table);
      const T* written = table == nullptr ? nullptr : named(list_in(*table, change.after), change.after.name);
      if (written != nullptr) take(result.after, *written);
      return result;
    } else {
      return change;
    }
  }

  const Table* find(const schema::QualifiedName& name) const {
    const auto found = tables_.find(name);
    return found == tables_.end() ? nullptr : found->second;
  }

  std::unordered_map<schema::QualifiedName, const Table*> tables_;
};

}  // namespace

void write_as(schema::Database& database, const schema::Database& written) {
  const Writing writing(written);
  for (Table& table : database.tables) writing.rewrite(table);
}

void write_as(Changes& changes, const schema::Database& written) {
  const Writing writing(written);
  for (Change& change : changes.changes) change = writing.rewritten(change);
}

}  // namespace diff
