#include "ddl/sequence.h"

#include <algorithm>
#include <utility>

#include "ddl/privilege.h"
#include "ddl/write.h"

namespace ddl {
namespace {

void add_differing(std::string& text, const schema::SequenceOptions& base, const schema::SequenceOptions& options,
                   const std::string& prefix) {
  const auto add = [&](std::int64_t had, std::int64_t has, const std::string& words) {
    if (had != has) text += " " + prefix + words + " " + std::to_string(has);
  };
  add(base.increment, options.increment, "INCREMENT BY");
  add(base.minimum, options.minimum, "MINVALUE");
  add(base.maximum, options.maximum, "MAXVALUE");
  add(base.start, options.start, "START WITH");
  add(base.cache, options.cache, "CACHE");
  if ((base.increment > 0) != (options.increment > 0)) text += " RESTART";
  if (base.cycle != options.cycle) text += " " + prefix + (options.cycle ? "CYCLE" : "NO CYCLE");
}

std::string object(const schema::Sequence& sequence) { return sql::text("SEQUENCE {}", sequence.name); }

std::string ownership(const schema::Sequence& sequence) {
  if (!sequence.owned_by) return " OWNED BY NONE";
  return sql::text(" OWNED BY {}.{}", sequence.owned_by->table, sequence.owned_by->column);
}

std::string options_changed(const schema::SequenceOptions& before, const schema::SequenceOptions& after) {
  std::string text;
  if (before.type != after.type) text += " AS " + after.type;
  return text + sequence_changes(before, after, "");
}

/// The statements for other options. A counter that the new limits would refuse is brought within them first, by way of
/// limits that take in both; not where they take in the old ones, or where the counter turns round and starts anew.
std::vector<std::string> options_texts(const schema::Sequence& sequence, const schema::SequenceOptions& before,
                                       const schema::SequenceOptions& after) {
  std::vector<std::string> texts;
  const std::string altering = "ALTER " + object(sequence);
  const bool takes_in = after.minimum <= before.minimum && after.maximum >= before.maximum;
  if (!takes_in && (before.increment > 0) == (after.increment > 0)) {
    schema::SequenceOptions both = before;
    both.minimum = std::min(before.minimum, after.minimum);
    both.maximum = std::max(before.maximum, after.maximum);
    if (both != before) texts.push_back(altering + options_changed(before, both));
    texts.push_back(sql::text("SELECT setval({}, least(greatest(last_value, {}), {}), is_called) FROM {}",
                              sql::Literal{sql::quoted(sequence.name)}, after.minimum, after.maximum, sequence.name));
  }
  texts.push_back(altering + options_changed(before, after));
  return texts;
}

}  // namespace

std::string sequence_options(const schema::SequenceOptions& options, bool with_type) {
  std::string text;
  if (with_type && options.type != "bigint") text += " AS " + options.type;
  add_differing(text, schema::default_sequence_options(options.type, options.increment > 0 ? 1 : -1), options, "");
  if (options.increment == -1) text = " INCREMENT BY -1" + text;
  return text;
}

std::string sequence_changes(const schema::SequenceOptions& before, const schema::SequenceOptions& after,
                             const std::string& prefix) {
  // A new type moves limits that are the old type's own along with it.
  schema::SequenceOptions base = before;
  if (before.type != after.type) {
    const auto old_limits = schema::default_sequence_options(before.type, before.increment);
    const auto new_limits = schema::default_sequence_options(after.type, before.increment);
    if (before.maximum == old_limits.maximum) base.maximum = new_limits.maximum;
    if (before.minimum == old_limits.minimum) base.minimum = new_limits.minimum;
  }
  std::string text;
  add_differing(text, base, after, prefix);
  return text;
}

Statements create(const schema::Sequence& sequence, const Site& site) {
  Statements statements;
  Statement made;
  made.sql = (sequence.unlogged ? "CREATE UNLOGGED " : "CREATE ") + object(sequence) +
             sequence_options(sequence.options, true) + (sequence.owned_by ? ownership(sequence) : "");
  made.description = "create sequence " + shown(sequence.name);
  made.rollback = {"DROP " + object(sequence)};
  statements.push_back(std::move(made));
  if (!sequence.owned_by) add_owner(statements, object(sequence), sequence.owner, site);
  add_comment(statements, object(sequence), sequence.comment);
  append(statements, grants_on(object(sequence), sequence.grants, site, "SEQUENCES", sequence.name.schema));
  for (std::size_t at = 1; at < statements.size(); ++at) statements[at].rollback.clear();
  return statements;
}

Statements drop(const schema::Sequence& sequence, const Site& site) {
  Statement gone;
  gone.sql = "DROP " + object(sequence);
  gone.description = "drop sequence " + shown(sequence.name);
  gone.stage = Stage::Remove;
  return undone_by({std::move(gone)}, create(sequence, site));
}

Statements rename(const schema::Sequence& before, const schema::Sequence& after, const Site&) {
  Statements statements;
  schema::QualifiedName moved = before.name;
  if (before.name.schema != after.name.schema) {
    moved.schema = after.name.schema;
    statements.push_back(
        changed("name", sql::text("ALTER SEQUENCE {} SET SCHEMA {}", before.name, schema::Name{after.name.schema}),
                sql::text("ALTER SEQUENCE {} SET SCHEMA {}", moved, schema::Name{before.name.schema})));
  }
  if (before.name.name != after.name.name) {
    statements.push_back(changed("name",
                                 sql::text("ALTER SEQUENCE {} RENAME TO {}", moved, schema::Name{after.name.name}),
                                 sql::text("ALTER SEQUENCE {} RENAME TO {}", after.name, schema::Name{moved.name})));
  }
  for (Statement& statement : statements) {
    statement.description = "rename sequence " + shown(before.name) + " to " + shown(after.name);
  }
  return statements;
}

Statements alter(const schema::Sequence& before, const schema::Sequence& after, const Fields& fields, const Site&) {
  Statements statements;
  const auto add = [&](const char* field, const std::string& forward, const std::string& back) {
    statements.push_back(changed(field, "ALTER " + object(after) + forward, "ALTER " + object(after) + back));
    statements.back().description = "alter sequence " + shown(after.name);
  };
  if (has(fields, "options")) {
    const std::vector<std::string> back = options_texts(after, after.options, before.options);
    bool first = true;
    for (const std::string& text : options_texts(after, before.options, after.options)) {
      statements.push_back(changed("options", text, ""));
      statements.back().rollback = std::exchange(first, false) ? back : std::vector<std::string>{};
      statements.back().description = "alter sequence " + shown(after.name);
    }
  }
  if (has(fields, "owned_by")) add("owned_by", ownership(after), ownership(before));
  if (has(fields, "unlogged")) {
    add("unlogged", after.unlogged ? " SET UNLOGGED" : " SET LOGGED",
        before.unlogged ? " SET UNLOGGED" : " SET LOGGED");
  }
  if (has(fields, "grants")) append(statements, grants_changed(object(after), before.grants, after.grants));
  alter_owner(statements, object(after), before.owner, after.owner, fields);
  alter_comment(statements, object(after), before.comment, after.comment, fields);
  return statements;
}

}  // namespace ddl
