#include <algorithm>
#include <functional>
#include <optional>
#include <unordered_map>

#include "diff/match.h"
#include "diff/mention.h"
#include "diff/scene.h"

/// The law of names: a constraint or index is the same one when it has the same meaning; the name decides among equals.
/// First come those that agree in both, then those that agree in meaning (under an open name that is no difference,
/// under a given one a rename), then those that agree in name (changed). What is left is added or removed.
namespace diff {
namespace {

using schema::Check;
using schema::Exclusion;
using schema::ForeignKey;
using schema::Index;
using schema::Name;
using schema::PrimaryKey;
using schema::Unique;

void add(std::set<std::string>& used, const std::vector<Name>& names) {
  for (const Name& name : names) used.insert(name.text);
}

void add(std::set<std::string>& used, const schema::Expression& expression) {
  used.merge(identifiers(expression.text));
}

void add(std::set<std::string>& used, const schema::IndexKey& key) {
  if (key.column.empty()) {
    add(used, key.expression);
  } else {
    used.insert(key.column.text);
  }
}

/// The columns that an object uses (for expressions, all identifiers): it falls with them.
std::set<std::string> used_columns(const PrimaryKey& key) {
  std::set<std::string> used;
  add(used, key.columns);
  add(used, key.include);
  return used;
}

std::set<std::string> used_columns(const Unique& unique) {
  std::set<std::string> used;
  add(used, unique.columns);
  add(used, unique.include);
  return used;
}

std::set<std::string> used_columns(const Check& check) { return identifiers(check.expression.text); }

std::set<std::string> used_columns(const ForeignKey& key) {
  std::set<std::string> used;
  add(used, key.columns);
  return used;
}

std::set<std::string> used_columns(const Exclusion& exclusion) {
  std::set<std::string> used;
  for (const auto& element : exclusion.elements) add(used, element.key);
  add(used, exclusion.include);
  if (exclusion.predicate) add(used, *exclusion.predicate);
  return used;
}

std::set<std::string> used_columns(const Index& index) {
  std::set<std::string> used;
  for (const auto& key : index.keys) add(used, key);
  add(used, index.include);
  if (index.predicate) add(used, *index.predicate);
  return used;
}

/// A part of the meaning as a key to look up by; what agrees in it may still differ.
std::string shape(const Unique& unique) {
  std::string key;
  for (const Name& column : unique.columns) key += column.text + '\n';
  return key;
}

std::string shape(const Check& check) { return check.expression.text; }

std::string shape(const ForeignKey& foreign) {
  std::string key = schema::text(foreign.referred_table) + '\n';
  for (const Name& column : foreign.columns) key += column.text + '\n';
  return key;
}

std::string shape(const schema::IndexKey& key) { return key.column.text + key.expression.text + '\n'; }

std::string shape(const Exclusion& exclusion) {
  std::string key;
  for (const auto& element : exclusion.elements) key += shape(element.key);
  return key;
}

std::string shape(const Index& index) {
  std::string key = index.method + '\n';
  for (const auto& each : index.keys) key += shape(each);
  return key;
}

/// ALTER … RENAME is all that these take; the others change by being dropped and made anew.
template <class T>
constexpr bool changes_under_its_name = !std::is_same_v<T, Unique> && !std::is_same_v<T, Exclusion>;

/// One list of a table, on both sides.
template <class T>
class Comparison {
 public:
  Comparison(Scene& scene, const TablePair& pair, const std::set<std::string>& dropped_columns,
             std::set<std::string>& taken_names)
      : scene_{scene}, pair_{pair}, dropped_columns_{dropped_columns}, taken_names_{taken_names} {}

  void run(const std::vector<T>& actual, const std::vector<T>& desired) {
    before_ = by_name(actual);
    after_ = by_name(desired);
    for (const T& each : desired) {
      if (!each.name_open) claimed_names_.insert(each.name.text);
    }
    pair_by_name(true);
    pair_by_meaning();
    pair_by_name(false);
    for (const T* left : before_) {
      if (left != nullptr) remove(*left);
    }
    for (const T* left : after_) {
      if (left != nullptr) make(*left);
    }
  }

 private:
  using List = std::vector<const T*>;

  static List by_name(const std::vector<T>& objects) {
    List list;
    for (const T& object : objects) list.push_back(&object);
    std::ranges::sort(list, {}, [](const T* object) { return std::tie(object->name, object->name_open); });
    return list;
  }

  /// The desired object with what it leaves unsaid taken from the actual one.
  T completed(const T& desired, const T& actual) const {
    T complete = desired;
    scene_.keep_unsaid_attributes(complete, actual);
    return complete;
  }

  void pair_by_name(bool only_equal) {
    std::unordered_map<std::string, const T**> names;
    for (const T*& each : before_) {
      if (each != nullptr) names.emplace(each->name.text, &each);
    }
    for (const T*& desired : after_) {
      const auto found = desired == nullptr ? names.end() : names.find(desired->name.text);
      if (found == names.end() || *found->second == nullptr) continue;
      const T& actual = **found->second;
      const T complete = completed(*desired, actual);
      auto changed = changed_fields(actual, complete);
      if (only_equal && !changed.empty()) continue;
      if (!changed.empty()) change(actual, complete, std::move(changed));
      *found->second = nullptr;
      desired = nullptr;
    }
  }

  void change(const T& actual, const T& desired, std::vector<std::string> fields) {
    if constexpr (changes_under_its_name<T>) {
      scene_.alter(pair_.after.name, actual, desired, std::move(fields));
    } else if (fields == std::vector<std::string>{"comment"}) {
      scene_.alter(pair_.after.name, actual, desired, std::move(fields));
    } else {
      // Listed even where a dropped column takes it along: the name has to be free for the new one.
      scene_.drop(pair_.after.name, actual);
      scene_.create(pair_.after.name, desired);
    }
  }

  void pair_by_meaning() {
    std::unordered_multimap<std::string, const T**> shapes;
    for (auto each = before_.rbegin(); each != before_.rend(); ++each) {
      if (*each != nullptr) shapes.emplace(shape(**each), &*each);
    }
    for (const T*& desired : after_) {
      if (desired == nullptr) continue;
      const T** actual = same_meaning_in(shapes, *desired);
      if (actual == nullptr) continue;
      rename_if_needed(**actual, *desired);
      *actual = nullptr;
      desired = nullptr;
    }
  }

  const T** same_meaning_in(const std::unordered_multimap<std::string, const T**>& shapes, const T& desired) const {
    const T** best = nullptr;
    const auto [first, last] = shapes.equal_range(shape(desired));
    for (auto each = first; each != last; ++each) {
      const T** actual = each->second;
      if (*actual == nullptr || !same_meaning(**actual, completed(desired, **actual))) continue;
      if (!desired.name_open && taken_names_.contains(desired.name.text)) continue;
      if ((*actual)->name != desired.name && claimed_names_.contains((*actual)->name.text)) continue;
      if (best == nullptr || (*actual)->name < (*best)->name) best = actual;
    }
    return best;
  }

  /// An open name is no difference, but a name that the server made of the table's old one follows it.
  void rename_if_needed(const T& actual, const T& desired) {
    const bool follows = !pair_.old_name.empty() && !taken_names_.contains(desired.name.text) &&
                         actual.name.text.starts_with(pair_.old_name + "_") &&
                         desired.name.text.ends_with(actual.name.text.substr(pair_.old_name.size()));
    if (desired.name_open && !follows) return;
    scene_.rename(pair_.after.name, actual, desired.name);
    taken_names_.insert(desired.name.text);
  }

  void remove(const T& actual) {
    const auto used = used_columns(actual);
    const bool falls = std::ranges::any_of(used, [&](const auto& column) { return dropped_columns_.contains(column); });
    if (falls || scene_.unknown.may_hold_more(pair_.after.name, schema::kind_of<T>)) return;
    scene_.drop(pair_.after.name, actual);
  }

  /// The server numbers the names that it chooses; so is a new one whose name another object keeps.
  void make(const T& desired) {
    T made = desired;
    for (int number = 1; made.name_open && taken_names_.contains(made.name.text); ++number) {
      const std::string suffix = std::to_string(number);
      made.name.text = base::clipped(desired.name.text, 63 - suffix.size()) + suffix;
    }
    taken_names_.insert(made.name.text);
    scene_.create(pair_.after.name, made);
  }

  Scene& scene_;
  const TablePair& pair_;
  const std::set<std::string>& dropped_columns_;
  std::set<std::string>& taken_names_;
  List before_;
  List after_;
  std::set<std::string> claimed_names_;  ///< given by the desired side: not for others of the same meaning
};

bool is_touched(const PrimaryKey& key, const std::set<std::string>& columns) {
  return std::ranges::any_of(used_columns(key), [&](const auto& column) { return columns.contains(column); });
}

void compare_primary_keys(Scene& scene, const TablePair& pair, const std::set<std::string>& dropped_columns) {
  const auto& before = pair.before.primary_key;
  const auto& table = pair.after.name;
  if (!before && pair.after.primary_key) return scene.create(table, *pair.after.primary_key);
  if (!before) return;
  if (!pair.after.primary_key) {
    const bool stays = scene.unknown.may_hold_more(table, schema::Kind::PrimaryKey);
    if (!stays && !is_touched(*before, dropped_columns)) scene.drop(table, *before);
    return;
  }
  PrimaryKey after = *pair.after.primary_key;
  scene.keep_unsaid_attributes(after, *before);
  const bool generated = !pair.old_name.empty() && before->name.text == pair.old_name + "_pkey";
  if (after.name_open && !generated) after.name = before->name;
  auto changed = changed_fields(*before, after);
  if (changed == std::vector<std::string>{"name"}) return scene.rename(table, *before, after.name);
  if (!changed.empty()) scene.alter(table, *before, after, std::move(changed));
}

template <class T>
void add_names(std::set<std::string>& names, const std::vector<T>& objects) {
  for (const T& object : objects) names.insert(object.name.text);
}

/// The names that constraints and indexes of the table have: no two may be equal.
std::set<std::string> names_in(const schema::Table& table) {
  std::set<std::string> names;
  if (table.primary_key) names.insert(table.primary_key->name.text);
  add_names(names, table.uniques);
  add_names(names, table.checks);
  add_names(names, table.foreign_keys);
  add_names(names, table.exclusions);
  add_names(names, table.indexes);
  return names;
}

}  // namespace

void compare_constraints(Scene& scene, const TablePair& pair, const std::set<std::string>& dropped_columns) {
  std::set<std::string> taken = names_in(pair.before);
  const auto compare = [&]<class T>(const std::vector<T>& before, const std::vector<T>& after) {
    Comparison<T>{scene, pair, dropped_columns, taken}.run(before, after);
  };
  compare_primary_keys(scene, pair, dropped_columns);
  compare(pair.before.uniques, pair.after.uniques);
  compare(pair.before.checks, pair.after.checks);
  compare(pair.before.foreign_keys, pair.after.foreign_keys);
  compare(pair.before.exclusions, pair.after.exclusions);
  compare(pair.before.indexes, pair.after.indexes);
}

}  // namespace diff
