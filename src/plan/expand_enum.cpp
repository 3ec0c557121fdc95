#include "ddl/write.h"
#include "plan/expansion.h"
#include "plan/plan.h"

/// A label can be added, and that cannot be taken back; a label removed or moved needs another type: the old one is
/// renamed, the new one made, all columns are converted, the old one dropped.
namespace plan {
namespace {

using schema::EnumType;

/// The statements that lead back: the longer type replaced by the one that was.
std::vector<std::string> way_back(const Scene& scene, const EnumType& before, const EnumType& after) {
  diff::Changes changes;
  changes.changes.emplace_back(diff::Alter<EnumType>{{}, after, before, {"labels"}});
  schema::Database longer = scene.actual;
  for (EnumType& type : longer.enums) {
    if (type.name == after.name) type = after;
  }
  Options options;
  options.online = false;
  options.server_version = scene.options.server_version;
  std::vector<std::string> texts;
  for (const Step& step : make(changes, scene.actual, longer, {}, options).steps) {
    if (!step.unsupported) texts.push_back(step.sql);
  }
  return texts;
}

void replace_type(Expanding& expanding, const EnumType& before, const EnumType& after, const std::string& old_name) {
  const schema::QualifiedName aside{after.name.schema, old_name};
  EnumType renamed = before;
  renamed.name = aside;
  ddl::Statements statements = ddl::rename(before, renamed, {});
  ddl::append(statements, ddl::create(after, expanding.scene.quiet_site({})));
  for (ddl::Statement& statement : statements) statement.fields = {"labels", "comment", "owner", "grants"};
  Operation& exchanged = expanding.operations.add(std::move(statements), Rank::Type, id_of({}, after));
  exchanged.removes = names_of(after);
  exchanged.makes = names_of(after);
  exchanged.makes.insert("aside " + type_key(aside));
  Operation& gone = expanding.operations.add(ddl::drop(renamed, {}), Rank::DropType, id_of({}, after));
  gone.needs = {"aside " + type_key(aside)};
  gone.removes = {type_key(aside)};
  gone.statements.front().fields = {"labels"};
}

}  // namespace

void expand_enum(Expanding& expanding, const diff::Alter<EnumType>& change) {
  const auto replaced = expanding.scene.disturbed.replaced_enums.find(change.after.name);
  if (replaced != expanding.scene.disturbed.replaced_enums.end()) {
    replace_type(expanding, change.before, change.after, replaced->second);
    return;
  }
  ddl::Statements added = ddl::alter(change.before, change.after, {"labels"}, {});
  if (!ddl::has(change.fields, "labels")) added.clear();
  if (!added.empty()) {
    added.front().rollback = way_back(expanding.scene, change.before, change.after);
    Operation& operation = expanding.operations.add(std::move(added), Rank::Type, id_of({}, change.after));
    operation.needs = {type_key(change.after.name)};
    operation.makes = {labels_key(change.after.name)};
  }
  for (const char* field : {"owner", "grants", "comment"}) {
    if (!ddl::has(change.fields, field)) continue;
    Operation& altered = expanding.operations.add(ddl::alter(change.before, change.after, {field}, {}), Rank::Comment,
                                                  id_of({}, change.after));
    altered.needs = names_of(change.after);
  }
}

}  // namespace plan
