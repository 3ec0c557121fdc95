#include "plan/question.h"

#include <algorithm>

#include "base/text.h"
#include "ddl/expression.h"
#include "ddl/index.h"
#include "ddl/probe.h"
#include "ddl/write.h"
#include "plan/kind.h"

namespace plan {
namespace {

using schema::Column;
using schema::ColumnName;
using schema::Name;
using schema::QualifiedName;

bool has(const std::vector<std::string>& fields, std::string_view name) {
  return std::ranges::find(fields, name) != fields.end();
}

/// What things are called now, by what they will be called.
class OldNames {
 public:
  explicit OldNames(const diff::Changes& changes) {
    for (const diff::Change& change : changes.changes) {
      if (const auto* table = diff::get_if<diff::Rename<schema::Table>>(&change)) {
        tables_[table->after.name] = table->before.name;
      } else if (const auto* column = diff::get_if<diff::Rename<Column>>(&change)) {
        columns_[{column->table, column->after.name}] = column->before.name;
        words_[column->after.name.text] = column->before.name.text;
      }
    }
  }

  QualifiedName table(const QualifiedName& name) const {
    const auto found = tables_.find(name);
    return found == tables_.end() ? name : found->second;
  }

  Name column(const QualifiedName& table, const Name& name) const {
    const auto found = columns_.find({table, name});
    return found == columns_.end() ? name : found->second;
  }

  std::vector<Name> columns(const QualifiedName& table, const std::vector<Name>& names) const {
    std::vector<Name> result;
    for (const Name& name : names) result.push_back(column(table, name));
    return result;
  }

  schema::Expression expression(const schema::Expression& expression) const {
    return words_.empty() ? expression : ddl::renamed_words(expression, words_);
  }

 private:
  std::map<QualifiedName, QualifiedName> tables_;
  std::map<ColumnName, Name> columns_;
  std::map<std::string, std::string> words_;
};

class Asking {
 public:
  explicit Asking(const Scene& scene) : scene_(scene), uses_(scene.actual, scene.desired), names_(scene.changes) {}

  std::vector<Question> run() {
    for (const diff::Change& change : scene_.changes.changes) {
      diff::visit([this](const auto& each) { ask(each); }, change);
    }
    return std::move(questions_);
  }

 private:
  template <class T>
  void ask(const T&) {}

  void ask(const diff::Alter<Column>& change) {
    if (scene_.context.new_tables.contains(change.table)) return;
    if (has(change.fields, "type")) ask_about_type(change);
    if (has(change.fields, "not_null") && change.after.not_null) ask_about_nulls(change);
  }

  void ask_about_nulls(const diff::Alter<Column>& change) {
    const ColumnName name{change.table, change.after.name};
    if (scene_.context.backfilled.contains(name) || change.before.generated || change.after.generated) return;
    const auto conversion = scene_.options.conversions.find(name);
    const std::string value = conversion == scene_.options.conversions.end()
                                  ? sql::quoted(names_.column(change.table, change.after.name))
                                  : sql::quoted(conversion->second);
    const std::string shown = ddl::shown(change.table, change.after.name);
    Question& question = add("nulls", change.table, change.after.name.text, id_of(change.table, change.after),
                             ddl::nulls_query(names_.table(change.table), value));
    question.complaint = shown + " is null in {count} of the rows: NOT NULL would fail";
    question.hint = "give them a value: --backfill " + shown + "='expression'";
  }

  void ask_about_type(const diff::Alter<Column>& change) {
    const ColumnName name{change.table, change.after.name};
    if (scene_.disturbed.remade.contains(name)) return;
    const QualifiedName table = names_.table(change.table);
    const Name column = names_.column(change.table, change.after.name);
    const schema::ObjectId about = id_of(change.table, change.after);
    const std::string shown = ddl::shown(change.table, change.after.name);
    const auto given = scene_.options.conversions.find(name);
    if (given != scene_.options.conversions.end()) {
      if (!is_new_type(change.after.type)) {
        ask_whether_it_converts(change, table,
                                "(" + sql::quoted(given->second) + ")::" + sql::quoted(change.after.type));
      }
      return;
    }
    const schema::Conversion conversion = scene_.context.conversion(change.before, change.after);
    const bool string = change.after.type.schema.empty() && !change.after.type.modifiers.empty() &&
                        (change.after.type.name == "character varying" || change.after.type.name == "character");
    if (is_enum(change.after.type)) {
      ask_about_new_labels(change, table, column);
    } else if (string && conversion.narrows && !change.after.type.array) {
      Question& question = add("roundtrip", change.table, change.after.name.text, about,
                               ddl::too_long_query(table, column, change.after.type.modifiers));
      question.complaint = "{count} of the values of " + shown + " are too long for " + sql::quoted(change.after.type) +
                           ", as {example}";
      question.hint = "shorten them first, or keep the longer type";
    } else if (conversion.narrows) {
      Question& question = add("roundtrip", change.table, change.after.name.text, about,
                               ddl::roundtrip_query(table, column, change.before.type, change.after.type));
      question.blocks = false;
      question.error_blocks = true;
      question.complaint = "a value of " + shown + " does not fit " + sql::quoted(change.after.type);
      question.hint = "change such values first, or keep the wider type";
    } else if (conversion.can_fail && conversion.cast != schema::Cast::None && !is_new_type(change.after.type)) {
      ddl::Retype retype{.before = change.before, .after = change.after, .cast = conversion.cast, .conversion = {}};
      retype.before.name = column;
      ask_whether_it_converts(change, table, ddl::conversion_text(retype));
    }
  }

  void ask_whether_it_converts(const diff::Alter<Column>& change, const QualifiedName& table,
                               const std::string& expression) {
    if (expression.empty()) return;
    Question& question = add("conversion", change.table, change.after.name.text, id_of(change.table, change.after),
                             ddl::evaluation_query(table, expression));
    question.error_blocks = true;
    question.complaint = "the conversion of " + ddl::shown(change.table, change.after.name) + " fails";
    question.hint = "give another one: --using " + ddl::shown(change.table, change.after.name) + "='expression'";
  }

  void ask_about_new_labels(const diff::Alter<Column>& change, const QualifiedName& table, const Name& column) {
    const auto type = std::ranges::find(
        scene_.desired.enums, QualifiedName{change.after.type.schema, change.after.type.name}, &schema::EnumType::name);
    if (type == scene_.desired.enums.end()) return;
    Column now = change.before;
    now.name = column;
    Question& question = add("conversion", change.table, change.after.name.text, id_of(change.table, change.after),
                             ddl::labels_query(table, now, type->labels, false));
    question.complaint = "{count} of the values of " + ddl::shown(change.table, change.after.name) +
                         " are no label of enum " + ddl::shown(type->name) + ", as {example}";
    question.hint = "change them first, or give a conversion with --using";
  }

  /// Rows with a label that goes, in every column of the type.
  void ask(const diff::Alter<schema::EnumType>& change) {
    if (!scene_.disturbed.replaced_enums.contains(change.after.name)) return;
    std::vector<std::string> removed;
    for (const std::string& label : change.before.labels) {
      if (!has(change.after.labels, label)) removed.push_back(label);
    }
    if (removed.empty()) return;
    for (const schema::Table& table : scene_.actual.tables) {
      for (const Column& column : table.columns) {
        if (QualifiedName{column.type.schema, column.type.name} != change.after.name) continue;
        ask_about_labels(change, table, column, removed);
      }
    }
  }

  void ask_about_labels(const diff::Alter<schema::EnumType>& change, const schema::Table& table, const Column& column,
                        const std::vector<std::string>& removed) {
    if (scene_.options.conversions.contains({table.name, column.name}) || goes(table.name, column.name)) return;
    Column now = column;
    now.name = names_.column(table.name, column.name);
    Question& question = add("labels", table.name, column.name.text, id_of({}, change.after),
                             ddl::labels_query(names_.table(table.name), now, removed, true));
    question.complaint = "{count} of the rows of " + ddl::shown(table.name, column.name) + " hold a label that enum " +
                         ddl::shown(change.after.name) + " loses (" + base::joined(removed, ", ") + "), as {example}";
    question.hint =
        "change them first, or rename the label: --rename-value " + ddl::shown(change.after.name) + ".OLD=NEW";
  }

  void ask(const diff::Create<schema::PrimaryKey>& change) { ask_about_key(change.table, change.after); }
  void ask(const diff::Alter<schema::PrimaryKey>& change) {
    if (has(change.fields, "columns")) ask_about_key(change.table, change.after);
  }
  void ask(const diff::Create<schema::Unique>& change) { ask_about_key(change.table, change.after); }
  void ask(const diff::Alter<schema::Unique>& change) { ask_about_key(change.table, change.after); }

  template <class T>
  void ask_about_key(const QualifiedName& table, const T& key) {
    bool nulls_too = false;
    if constexpr (requires { key.nulls_not_distinct; }) nulls_too = key.nulls_not_distinct;
    std::vector<std::string> keys;
    for (const Name& column : names_.columns(table, key.columns)) keys.push_back(sql::quoted(column));
    ask_about_duplicates(table, key, keys, nulls_too, {});
  }

  void ask(const diff::Create<schema::Index>& change) { ask_about_index(change.table, change.after); }
  void ask(const diff::Alter<schema::Index>& change) { ask_about_index(change.table, change.after); }

  void ask_about_index(const QualifiedName& table, const schema::Index& index) {
    if (!index.unique) return;
    std::vector<std::string> keys;
    for (const schema::IndexKey& key : index.keys) {
      keys.push_back(key.column.empty() ? "(" + sql::quoted(names_.expression(key.expression)) + ")"
                                        : sql::quoted(names_.column(table, key.column)));
    }
    auto predicate = index.predicate;
    if (predicate) predicate = names_.expression(*predicate);
    ask_about_duplicates(table, index, keys, index.nulls_not_distinct, predicate);
  }

  template <class T>
  void ask_about_duplicates(const QualifiedName& table, const T& object, const std::vector<std::string>& keys,
                            bool nulls_too, const std::optional<schema::Expression>& predicate) {
    if (keys.empty() || !stands_on_what_is_there(table, uses_.of(table, object))) return;
    Question& question = add("duplicates", table, object.name.text, id_of(table, object),
                             ddl::duplicates_query(names_.table(table), keys, nulls_too, predicate));
    question.complaint = "{count} of the keys of " + object.name.text + " stand more than once in " +
                         ddl::shown(table) + ", as ({example})";
    question.hint = "remove the duplicates first";
  }

  void ask(const diff::Create<schema::ForeignKey>& change) { ask_about_reference(change.table, change.after); }
  void ask(const diff::Alter<schema::ForeignKey>& change) {
    for (const char* field : {"columns", "referred_table", "referred_columns", "validated", "match_full"}) {
      if (has(change.fields, field)) return ask_about_reference(change.table, change.after);
    }
  }

  void ask_about_reference(const QualifiedName& table, const schema::ForeignKey& key) {
    if (!key.validated || !key.enforced) return;
    Keys used;
    for (const Name& column : key.columns) used.insert(column_key(table, column));
    const bool referred_exists = scene_.actual_table(key.referred_table) != nullptr;
    if (referred_exists) {
      for (const Name& column : key.referred_columns) used.insert(column_key(key.referred_table, column));
    }
    if (!stands_on_what_is_there(table, used)) return;
    Question& question = add(
        "orphans", table, key.name.text, id_of(table, key),
        ddl::orphans_query(names_.table(table), names_.columns(table, key.columns), names_.table(key.referred_table),
                           names_.columns(key.referred_table, key.referred_columns), referred_exists));
    question.complaint = "{count} of the rows of " + ddl::shown(table) + " reference nothing in " +
                         ddl::shown(key.referred_table) + " (" + key.name.text + "), as ({example})";
    question.hint = "change or delete them, or add what they reference";
  }

  void ask(const diff::Create<schema::Check>& change) { ask_about_condition(change.table, change.after); }
  void ask(const diff::Alter<schema::Check>& change) { ask_about_condition(change.table, change.after); }

  void ask_about_condition(const QualifiedName& table, const schema::Check& check) {
    if (!check.validated || !check.enforced) return;
    if (!stands_on_what_is_there(table, uses_.of(table, check))) return;
    Question& question = add("violations", table, check.name.text, id_of(table, check),
                             ddl::violations_query(names_.table(table), names_.expression(check.expression)));
    question.complaint =
        "{count} of the rows of " + ddl::shown(table) + " violate " + check.name.text + ", as {example}";
    question.hint = "change them first";
  }

  Question& add(std::string_view kind, const QualifiedName& table, const std::string& name,
                const schema::ObjectId& about, std::string query) {
    Question question;
    question.probe = {risk::probe_key(kind, table, name), names_.table(table), std::move(query)};
    question.about = about;
    questions_.push_back(std::move(question));
    return questions_.back();
  }

  /// Whether the table and the columns exist now and keep their types.
  bool stands_on_what_is_there(const QualifiedName& table, const Keys& used) const {
    if (scene_.actual_table(table) == nullptr) return false;
    for (const schema::ColumnName& column : scene_.context.new_columns) {
      if (used.contains(column_key(column.table, column.column))) return false;
    }
    for (const auto& [name, retypes] : scene_.disturbed.retypes) {
      for (const ddl::Retype& retype : retypes) {
        if (used.contains(column_key(name, retype.after.name))) return false;
      }
    }
    return std::ranges::none_of(scene_.disturbed.remade, [&](const ColumnName& column) {
      return used.contains(column_key(column.table, column.column));
    });
  }

  bool goes(const QualifiedName& table, const Name& column) const {
    const schema::Table* desired = scene_.desired_table(table);
    return desired != nullptr && schema::find_column(*desired, column) == nullptr;
  }

  bool is_enum(const schema::TypeName& type) const { return scene_.context.enums.contains({type.schema, type.name}); }

  bool is_new_type(const schema::TypeName& type) const {
    if (type.schema.empty()) return false;
    const QualifiedName name{type.schema, type.name};
    const auto there = [&](const auto& list) {
      return std::ranges::any_of(list, [&](const auto& object) { return object.name == name; });
    };
    return !there(scene_.actual.enums) && !there(scene_.actual.domains) && !there(scene_.actual.composites) &&
           !there(scene_.actual.ranges);
  }

  const Scene& scene_;
  Uses uses_;
  OldNames names_;
  std::vector<Question> questions_;
};

}  // namespace

std::vector<Question> questions(const Scene& scene) { return Asking(scene).run(); }

}  // namespace plan
