#include "migration/store.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/environment.h"
#include "base/graph.h"
#include "base/text.h"
#include "migration/alembic.h"
#include "migration/sql_file.h"

namespace migration {
namespace {

using base::ErrorCode;

base::Result<std::vector<Migration>> sql_migrations(const Store& store) {
  std::vector<Migration> all;
  for (const auto& name : base::entries(store.folder)) {
    const std::string text_name = name.string();
    const auto digits = text_name.find_first_not_of("0123456789");
    if (name.extension() != ".sql" || digits != 14) continue;
    const auto text = base::read_file(store.folder / name);
    if (!text) return std::unexpected(text.error());
    Migration migration = read_sql(*text);
    migration.version = text_name.substr(0, 14);
    migration.file = store.folder / name;
    all.push_back(std::move(migration));
  }
  return all;
}

base::Result<std::vector<Migration>> revisions(const Store& store) {
  std::vector<Migration> found;
  for (const auto& folder : store.version_locations) {
    for (const auto& name : base::entries(folder)) {
      if (name.extension() != ".py") continue;
      const auto text = base::read_file(folder / name);
      if (!text) return std::unexpected(text.error());
      Migration migration = read_alembic(*text);
      if (migration.version.empty()) continue;
      migration.file = folder / name;
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

/// What a revision stands on comes before it.
std::vector<Migration> in_order(std::vector<Migration> found) {
  const auto position = positions(found);
  std::vector<base::Edge> edges;
  for (std::size_t i = 0; i < found.size(); ++i) {
    for (const auto& revision : found[i].revises) {
      if (const auto before = position.find(revision); before != position.end()) edges.emplace_back(before->second, i);
    }
  }
  std::vector<Migration> ordered;
  for (const std::size_t node : base::topological_order(found.size(), edges).nodes)
    ordered.push_back(std::move(found[node]));
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
                       "merge them with `alembic merge heads`");
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
      open.insert(open.end(), revises.begin(), revises.end());
    }
  }
  return applied;
}

base::Result<void> check_known(const Store& store, const std::vector<Migration>& all, const History& history) {
  if (!store.alembic) return {};
  const auto position = positions(all);
  for (const auto& version : history.alembic_versions) {
    if (position.contains(version)) continue;
    return base::failure(ErrorCode::HistoryConflict,
                         "the database is at revision " + version + ", of which there is no file",
                         "get the missing revision file, or set the right one with `alembic stamp`");
  }
  return {};
}

}  // namespace

base::Result<std::vector<Migration>> migrations(const Store& store) {
  if (!store.alembic) return sql_migrations(store);
  auto found = revisions(store);
  if (!found) return found;
  return in_order(std::move(*found));
}

base::Result<std::vector<Migration>> pending(const Store& store, const std::vector<Migration>& all,
                                             const History& history) {
  if (const auto fine = check_heads(store, all); !fine) return std::unexpected(fine.error());
  if (const auto fine = check_known(store, all, history); !fine) return std::unexpected(fine.error());
  const auto by_alembic = applied_revisions(all, history);
  std::vector<Migration> result;
  for (const auto& migration : all) {
    const auto entry = history.entries.find(migration.version);
    const bool recorded = entry != history.entries.end();
    if (recorded && migration.ours && entry->second.checksum != migration.checksum) {
      return base::failure(ErrorCode::HistoryConflict,
                           base::shown(migration.file, store.root) + " was edited after it was applied, or begun",
                           "restore the file as it was applied; put further changes into a new migration");
    }
    const bool applied = store.alembic ? by_alembic.contains(migration.version) : recorded && entry->second.finished;
    if (!applied && !(migration.ours || store.alembic)) continue;  // somebody else's .sql file
    if (!applied) result.push_back(migration);
  }
  return result;
}

base::Result<Migration> write(const Store& store, const std::vector<Migration>& all, Migration migration) {
  if (const auto fine = check_heads(store, all); !fine) return std::unexpected(fine.error());
  if (const auto made = base::make_folder(store.folder); !made) return std::unexpected(made.error());
  const std::string now = base::timestamp();
  std::string text;
  if (store.alembic) {
    migration.version = base::random_hex(6);
    for (const auto* head : heads(all)) migration.revises.push_back(head->version);
    migration.file = store.folder / alembic_file_name(migration, store.file_template, store.slug_length, now);
    text = alembic_text(migration);
  } else {
    // Versions grow, also when two are made within a second or by clocks that differ.
    migration.version = now;
    for (const auto& other : all) {
      if (other.version >= migration.version) migration.version = std::to_string(std::stoll(other.version) + 1);
    }
    migration.file = store.folder / (migration.version + "_" + slug(migration.message) + ".sql");
    text = sql_text(migration);
  }
  if (const auto written = base::write_file(migration.file, text); !written) return std::unexpected(written.error());
  migration.checksum = (store.alembic ? read_alembic(text) : read_sql(text)).checksum;
  return migration;
}

}  // namespace migration
