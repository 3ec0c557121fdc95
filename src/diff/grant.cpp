#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <tuple>

#include "base/text.h"
#include "diff/scene.h"

/// Grants are compared privilege by privilege: what is missing is given, what is too much is taken.
namespace diff {
namespace {

using schema::Grant;
using schema::Name;
using schema::QualifiedName;

/// Whose grant on what: the sequence (empty: the table itself), the role, the column (empty: the whole), and whether it
/// is what was taken from the role.
using Holder = std::tuple<QualifiedName, Name, Name, bool>;
using Grants = std::map<Holder, Grant>;

void add(Grants& grants, const QualifiedName& sequence, const Grant& grant) {
  Grant& held = grants[{sequence, grant.role, grant.column, grant.withheld}];
  held.role = grant.role;
  held.column = grant.column;
  held.sequence = sequence;
  held.withheld = grant.withheld;
  const auto merge = [](std::vector<std::string>& into, const std::vector<std::string>& from) {
    into.insert(into.end(), from.begin(), from.end());
    std::ranges::sort(into);
    into.erase(std::unique(into.begin(), into.end()), into.end());
  };
  merge(held.privileges, grant.privileges);
  merge(held.grantable, grant.grantable);
}

std::vector<std::string> without(const std::vector<std::string>& from, const std::vector<std::string>& what) {
  std::vector<std::string> rest;
  std::ranges::set_difference(from, what, std::back_inserter(rest));
  return rest;
}

/// What `from` holds and `other` does not.
Grant excess(const Grant& from, const Grant& other) {
  Grant rest = from;
  rest.privileges = without(from.privileges, other.privileges);
  rest.grantable = without(from.grantable, other.grantable);
  return rest;
}

bool is_empty(const Grant& grant) { return grant.privileges.empty() && grant.grantable.empty(); }

void compare(Scene& scene, const QualifiedName& object, const Grants& before, const Grants& after) {
  for (const auto& [holder, held] : before) {
    const auto wanted = after.find(holder);
    Grant taken = excess(held, wanted == after.end() ? Grant{} : wanted->second);
    if (!is_empty(taken)) scene.drop(object, taken);
  }
  for (const auto& [holder, wanted] : after) {
    const auto held = before.find(holder);
    Grant given = excess(wanted, held == before.end() ? Grant{} : held->second);
    if (!is_empty(given)) scene.create(object, given);
  }
}

/// Models speak for the whole table and for the roles that some model names; grant options, columns and the owner are
/// left alone.
bool models_speak_of(const Scene& scene, const TablePair& pair, const Grant& grant) {
  const bool of_owner = !grant.role.empty() && grant.role == pair.before.owner;
  return grant.column.empty() && !grant.withheld && scene.granted_roles.contains(grant.role) && !of_owner;
}

Grants table_grants(const Scene& scene, const TablePair& pair, const schema::Table& table) {
  Grants grants;
  std::set<QualifiedName> serial_sequences{{}};
  for (const auto& [sequence, grant] : pair.after.sequence_grants) serial_sequences.insert(sequence);
  const auto keep = [&](const QualifiedName& sequence, Grant grant) {
    if (scene.models && !(models_speak_of(scene, pair, grant) && serial_sequences.contains(sequence))) return;
    if (scene.models) grant.grantable.clear();
    add(grants, sequence, grant);
  };
  for (const Grant& grant : table.grants) keep({}, grant);
  for (const auto& [sequence, grant] : table.sequence_grants) keep(sequence, grant);
  return grants;
}

/// A model names a sequence by the name that SERIAL chooses; the database may have it under another one.
std::vector<std::pair<QualifiedName, Grant>> under_actual_names(const TablePair& pair) {
  std::map<QualifiedName, QualifiedName> names;
  for (const auto& column : pair.before.columns) {
    if (!column.serial || column.serial->sequence.empty()) continue;
    const std::string chosen = base::clipped(pair.after.name.name + "_" + column.name.text, 59) + "_seq";
    names[{pair.after.name.schema, chosen}] = column.serial->sequence;
  }
  auto grants = pair.after.sequence_grants;
  for (auto& [sequence, grant] : grants) {
    const auto found = names.find(sequence);
    if (found != names.end()) sequence = found->second;
  }
  return grants;
}

}  // namespace

void compare_grants(Scene& scene, const TablePair& pair) {
  if (scene.models && pair.after.grants.empty()) return;
  if (scene.models) pair.after.sequence_grants = under_actual_names(pair);
  if (scene.unknown.may_hold_more(pair.after.name, schema::Kind::Grant)) return;
  compare(scene, pair.after.name, table_grants(scene, pair, pair.before), table_grants(scene, pair, pair.after));
}

void compare_schema_grants(Scene& scene, const schema::Namespace& before, const schema::Namespace& after) {
  Grants held;
  Grants wanted;
  for (const Grant& grant : before.grants) add(held, {}, grant);
  for (const Grant& grant : after.grants) add(wanted, {}, grant);
  const QualifiedName object{before.name.text, {}};
  if (!scene.models) return compare(scene, object, held, wanted);
  // What PUBLIC holds, every role has.
  const auto everybody = held.find({{}, {}, {}, false});
  for (const auto& [holder, grant] : wanted) {
    const auto found = held.find(holder);
    Grant given = excess(grant, found == held.end() ? Grant{} : found->second);
    if (everybody != held.end()) given = excess(given, everybody->second);
    if (!is_empty(given)) scene.create(object, given);
  }
}

}  // namespace diff
