#include "migration/store.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/environment.h"
#include "base/graph.h"
#include "base/text.h"
#include "migration/alembic.h"
#include "migration/naming.h"
#include "migration/python_tokens.h"
#include "migration/sql_file.h"

namespace migration {
namespace {

using base::ErrorCode;

constexpr std::size_t slug_length = 60;

std::unexpected<base::Error> conflict(const Store& store, const Migration& migration, std::string_view what,
                                      std::string hint) {
  const std::string file = base::shown(migration.file, store.root);
  return base::failure(ErrorCode::HistoryConflict, fmt::format("{} {}", file, what), std::move(hint), {file, 0, 0});
}

base::Result<std::vector<Migration>> sql_migrations(const Store& store) {
  std::vector<Migration> all;
  for (const auto& name : base::entries(store.folder)) {
    const std::string text_name = name.string();
    const auto digits = text_name.find_first_not_of("0123456789");
    if (name.extension() != ".sql" || digits != 14 || !base::is_file(store.folder / name)) continue;
    const auto text = base::read_file(store.folder / name);
    if (!text) return std::unexpected(text.error());
    Migration migration = read_sql(*text);
    migration.version = text_name.substr(0, 14);
    migration.file = store.folder / name;
    // The files of another tool are its own affair.
    if (migration.ours) all.push_back(std::move(migration));
  }
  return all;
}

bool is_revision_name(const base::Path& name) {
  const std::string text = name.string();
  return text.ends_with(".py") && !text.starts_with(".#") && !text.starts_with("__init__");
}

base::Result<std::vector<Migration>> revisions(const Store& store) {
  std::vector<Migration> found;
  for (const auto& folder : store.version_locations) {
    for (const auto& name : base::entries(folder)) {
      if (!is_revision_name(name) || !base::is_file(folder / name)) continue;
      const auto text = base::read_file(folder / name);
      if (!text) return std::unexpected(text.error());
      Migration migration = read_alembic(*text);
      if (migration.version.empty()) continue;
      migration.file = folder / name;
      const std::string file = base::shown(migration.file, store.root);
      if (!migration.invalid.empty()) {
        return base::failure(ErrorCode::ConfigInvalid, file + ": " + migration.invalid, "write it as Alembic does",
                             {file, 0, 0});
      }
      found.push_back(std::move(migration));
    }
  }
  return found;
}

std::map<std::string, std::size_t> positions(const std::vector<Migration>& all) {
  std::map<std::string, std::size_t> position;
  for (std::size_t i = 0; i < all.size(); ++i) position.emplace(all[i].version, i);
  return position;
}

base::Result<void> check_unique(const Store& store, const std::vector<Migration>& all) {
  const auto position = positions(all);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::size_t first = position.at(all[i].version);
    if (first == i) continue;
    return conflict(store, all[i], "has the same version as " + base::shown(all[first].file, store.root),
                    "give one of the two another version");
  }
  return {};
}

/// Of one id, or a branch label; Alembic takes the beginning of an id too.
const Migration* find(const std::vector<Migration>& all, const std::string& id) {
  const auto exact = std::ranges::find(all, id, &Migration::version);
  if (exact != all.end()) return &*exact;
  const Migration* found = nullptr;
  for (const Migration& migration : all) {
    if (std::ranges::find(migration.branch_labels, id) != migration.branch_labels.end()) return &migration;
    if (id.size() < 4 || !migration.version.starts_with(id)) continue;
    if (found != nullptr) return nullptr;
    found = &migration;
  }
  return found;
}

/// Whole ids in place of labels and beginnings.
base::Result<std::vector<Migration>> resolved(const Store& store, const std::vector<Migration>& found) {
  std::vector<Migration> result = found;
  for (Migration& migration : result) {
    for (auto* ids : {&migration.revises, &migration.depends_on}) {
      for (std::string& id : *ids) {
        const Migration* parent = find(found, id);
        if (parent == nullptr)
          return conflict(store, migration, "builds on revision " + id + ", which no file gives",
                          "bring the missing file back, or mend down_revision");
        id = parent->version;
      }
    }
  }
  return result;
}

/// What a revision stands on comes before it.
base::Result<std::vector<Migration>> in_order(const Store& store, const std::vector<Migration>& found) {
  const auto position = positions(found);
  std::vector<base::Edge> edges;
  for (std::size_t i = 0; i < found.size(); ++i) {
    for (const auto* ids : {&found[i].revises, &found[i].depends_on}) {
      for (const auto& id : *ids) edges.emplace_back(position.at(id), i);
    }
  }
  const base::Order order = base::topological_order(found.size(), edges);
  if (!order.broken.empty())
    return conflict(store, found[order.broken.front().second], "builds on itself, in a circle", "mend down_revision");
  std::vector<Migration> ordered;
  for (const std::size_t node : order.nodes) ordered.push_back(found[node]);
  return ordered;
}

std::vector<const Migration*> heads(const std::vector<Migration>& all) {
  std::set<std::string> revised;
  for (const auto& migration : all) revised.insert(migration.revises.begin(), migration.revises.end());
  std::vector<const Migration*> result;
  for (const auto& migration : all) {
    if (!revised.contains(migration.version)) result.push_back(&migration);
  }
  return result;
}

base::Result<void> check_heads(const Store& store, const std::vector<Migration>& all) {
  const auto found = heads(all);
  if (!store.alembic || found.size() < 2) return {};
  std::vector<std::string> names;
  for (const auto* head : found) names.push_back(base::shown(head->file, store.root));
  return base::failure(ErrorCode::HistoryConflict, "there is more than one head: " + base::joined(names, ", "),
                       "merge them with `alembic merge heads`", {names.front(), 0, 0});
}

/// In an Alembic project `alembic_version` is the truth: its revisions and all that they stand on are applied.
std::set<std::string> applied_revisions(const std::vector<Migration>& all, const History& history) {
  const auto position = positions(all);
  std::set<std::string> applied;
  std::vector<std::string> open = history.alembic_versions;
  while (!open.empty()) {
    const std::string version = open.back();
    open.pop_back();
    if (!applied.insert(version).second) continue;
    if (const auto at = position.find(version); at != position.end()) {
      const auto& revises = all[at->second].revises;
      const auto& depends_on = all[at->second].depends_on;
      open.insert(open.end(), revises.begin(), revises.end());
      open.insert(open.end(), depends_on.begin(), depends_on.end());
    }
  }
  return applied;
}

bool is_number(const std::string& text) { return text.find_first_not_of("0123456789") == std::string::npos; }

/// What the database has, the disk must have too.
base::Result<void> check_known(const Store& store, const std::vector<Migration>& all, const History& history) {
  const auto position = positions(all);
  for (const auto& version : store.alembic ? history.alembic_versions : std::vector<std::string>()) {
    if (position.contains(version)) continue;
    return base::failure(ErrorCode::HistoryConflict,
                         "the database is at revision " + version + ", of which there is no file",
                         "get the missing revision file, or set the right one with `alembic stamp`");
  }
  for (const auto& [version, entry] : history.entries) {
    if (store.alembic || !is_number(version) || position.contains(version)) continue;
    return base::failure(
        ErrorCode::HistoryConflict,
        "migration " + version + " was applied, and its file is gone from " + base::shown(store.folder, store.root),
        "bring the file back");
  }
  return {};
}

base::Result<void> check_unchanged(const Store& store, const Migration& migration, const Entry* entry) {
  if (migration.edited && entry == nullptr) {
    return conflict(
        store, migration, "was edited after it was generated",
        "generate it anew; or, to keep what was edited, take the line \"agent-migrate: checksum\" out of it");
  }
  if (!migration.ours || entry == nullptr || (entry->checksum == migration.checksum && !migration.edited)) return {};
  return conflict(store, migration, "was edited after it was applied, or begun",
                  "restore the file as it was applied; put further changes into a new migration");
}

base::Path script_location(const Store& store) {
  return store.script_location.empty() ? store.folder.parent_path() : store.script_location;
}

/// The folder of the revision that the new one builds on, where there are several.
base::Path revision_folder(const Store& store, const std::vector<Migration>& all) {
  const auto found = heads(all);
  return store.version_locations.size() < 2 || found.empty() ? store.folder : found.front()->file.parent_path();
}

/// Now, or the number after the last one: versions grow, also when two are made within a second or by clocks that
/// differ.
std::string next_version(const std::vector<Migration>& all) {
  std::string version = base::timestamp();
  for (const auto& other : all) {
    if (other.version >= version) version = std::to_string(std::stoll(other.version) + 1);
  }
  return version;
}

/// A file's text, and what reads back from it.
struct Written {
  std::string text;
  Migration migration;
};

std::unexpected<base::Error> unwritable() {
  return base::failure(ErrorCode::Internal,
                       "the statements cannot be written to a migration file: they do not read back as they were");
}

base::Result<Written> written_revision(const Store& store, const std::vector<Migration>& all, Migration migration) {
  migration.version = base::random_hex(6);
  for (const auto* head : heads(all)) migration.revises.push_back(head->version);
  const auto name = alembic_file_name(migration, store.file_template, store.slug_length, base::timestamp());
  if (!name) return std::unexpected(name.error());
  const auto mako = base::read_file(script_location(store) / "script.py.mako");
  const auto text =
      alembic_text(migration, mako.value_or(""), base::date_and_time() + (store.timezone.empty() ? "" : "+00:00"));
  if (!text) return unwritable();
  Written written{*text, read_alembic(*text)};
  written.migration.file = revision_folder(store, all) / *name;
  return written;
}

base::Result<Written> written_sql(const Store& store, const std::vector<Migration>& all, Migration migration) {
  migration.version = next_version(all);
  const std::string text = sql_text(migration);
  Written written{text, read_sql(text)};
  if (!does_the_same(written.migration, migration) || !written.migration.not_runnable.empty() ||
      written.migration.edited)
    return unwritable();
  const std::string words = slug(migration.message, slug_length);
  written.migration.version = migration.version;
  written.migration.file =
      store.folder / fmt::format("{}_{}.sql", migration.version, words.empty() ? "migration" : words);
  return written;
}

}  // namespace

HistoryTable history_table(const Store& store, const schema::QualifiedName& name) {
  HistoryTable table;
  table.name = name;
  const auto source = store.alembic ? base::read_file(script_location(store) / "env.py") : base::Result<std::string>();
  if (!source) return table;
  const auto tokens = python_tokens(*source);
  for (std::size_t i = 0; i + 2 < tokens.size(); ++i) {
    const bool given = tokens[i].kind == PythonToken::Kind::Name && tokens[i + 1].text == "=" &&
                       tokens[i + 2].kind == PythonToken::Kind::String && tokens[i + 2].literal;
    if (given && tokens[i].text == "version_table") table.alembic.name = tokens[i + 2].text;
    if (given && tokens[i].text == "version_table_schema") table.alembic.schema = tokens[i + 2].text;
  }
  return table;
}

base::Result<std::vector<Migration>> migrations(const Store& store) {
  auto found = store.alembic ? revisions(store) : sql_migrations(store);
  if (!found) return found;
  if (const auto unique = check_unique(store, *found); !unique) return std::unexpected(unique.error());
  if (!store.alembic) return found;
  const auto whole = resolved(store, *found);
  if (!whole) return whole;
  return in_order(store, *whole);
}

base::Result<std::vector<Migration>> pending(const Store& store, const std::vector<Migration>& all,
                                             const History& history) {
  if (const auto fine = check_heads(store, all); !fine) return std::unexpected(fine.error());
  if (const auto fine = check_known(store, all, history); !fine) return std::unexpected(fine.error());
  const auto by_alembic = applied_revisions(all, history);
  std::vector<Migration> result;
  for (const auto& migration : all) {
    const auto found = history.entries.find(migration.version);
    const Entry* entry = found == history.entries.end() ? nullptr : &found->second;
    const bool applied = store.alembic ? by_alembic.contains(migration.version) : entry != nullptr && entry->finished;
    // What was taken back by alembic downgrade may be edited; what Alembic applied without us has no record.
    const bool taken_back = store.alembic && !applied && entry != nullptr && entry->finished;
    const bool by_others = store.alembic && applied && entry == nullptr;
    if (!by_others) {
      if (const auto same = check_unchanged(store, migration, taken_back ? nullptr : entry); !same)
        return std::unexpected(same.error());
    }
    if (!applied) result.push_back(migration);
    if (applied && !store.alembic && !result.empty()) {
      return conflict(
          store, result.front(),
          "is not applied, though " + base::shown(migration.file, store.root) + ", which comes after it, is",
          "give the earlier file a later version, so that it comes last");
    }
  }
  return result;
}

base::Result<void> check_nothing_pending(const Store& store, const std::vector<Migration>& pending) {
  if (pending.empty()) return {};
  std::vector<std::string> names;
  for (const Migration& migration : pending) names.push_back(base::shown(migration.file, store.root));
  return base::failure(ErrorCode::PendingMigrations, "not applied yet: " + base::joined(names, ", "),
                       "apply first: agent-migrate apply --execute", {names.front(), 0, 0});
}

base::Result<Migration> write(const Store& store, const std::vector<Migration>& all, Migration migration) {
  if (const auto fine = check_heads(store, all); !fine) return std::unexpected(fine.error());
  migration = normalised(std::move(migration));
  migration.message = one_line(migration.message);
  auto written = store.alembic ? written_revision(store, all, std::move(migration))
                               : written_sql(store, all, std::move(migration));
  if (!written) return std::unexpected(written.error());
  const base::Path& file = written->migration.file;
  if (base::is_file(file))
    return conflict(store, written->migration, "exists already", "put %(rev)s into file_template");
  if (const auto made = base::make_folder(file.parent_path()); !made) return std::unexpected(made.error());
  if (const auto done = base::write_file(file, written->text); !done) return std::unexpected(done.error());
  return std::move(written->migration);
}

}  // namespace migration
