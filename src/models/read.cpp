#include "models/read.h"

#include <algorithm>
#include <atomic>
#include <thread>
#include <unordered_set>

#include "base/text.h"
#include "models/companions.h"
#include "models/core/core.h"
#include "models/declarations.h"
#include "models/discovery/sources.h"
#include "models/host.h"
#include "models/orm/orm.h"
#include "models/orm/registry.h"
#include "models/selection.h"
#include "models/sqlmodel/pydantic.h"
#include "models/sqlmodel/sqlmodel.h"
#include "models/watch.h"
#include "python/evaluation/interpreter.h"

namespace models {
namespace {
using discovery::SourceFile;
using discovery::Sources;
using Parsed = std::vector<std::unique_ptr<python::ParsedFile>>;

/// Parses on two threads.
Parsed parse_all(const std::vector<const SourceFile*>& files) {
  Parsed parsed(files.size());
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t index = next++; index < files.size(); index = next++) {
      const SourceFile& file = *files[index];
      std::string bytes = file.bytes;
      if (bytes.empty()) {
        if (base::Result<std::string> read = base::read_file(file.path)) bytes = std::move(*read);
      }
      parsed[index] = python::parse_file(file.path.generic_string(), file.shown, std::move(bytes));
    }
  };
  if (files.size() < 2) return work(), std::move(parsed);
  std::jthread other(work);
  work();
  other.join();
  return parsed;
}

/// Python's own complaint about the first file that models need.
base::Result<void> refuse_broken(const Parsed& parsed, const std::vector<bool>& counts) {
  for (std::size_t index = 0; index < parsed.size(); ++index) {
    const python::ParsedFile& file = *parsed[index];
    if (!file.error || !counts[index]) continue;
    base::Place place{file.source.shown, file.error->line, file.error->column};
    return base::failure(base::ErrorCode::ParseError, base::text(place) + ": " + file.error->message,
                         "Check the model file for syntax errors", place);
  }
  return {};
}

void choose_versions(Context& context, const Options& options, const Sources& sources) {
  const auto said = discovery::version(options.sqlalchemy_version);
  const auto pinned = said ? said : discovery::pinned_version(sources.root(), "sqlalchemy");
  if (pinned) context.sqlalchemy = *pinned;
  if (const auto model = discovery::pinned_version(sources.root(), "sqlmodel")) context.sqlmodel = *model;
}

/// Whether a MetaData is meant for another database (Flask-SQLAlchemy's bind keys).
bool is_bound_elsewhere(const MetaDataObject& metadata) {
  const auto* info = metadata.info.as<python::Dict>();
  const python::Value* key = info ? info->find("bind_key") : nullptr;
  return key && !key->is_none();
}

/// "app.db:Base" or "app.db:metadata" as a MetaData.
MetaDataObject* named_metadata(python::Interpreter& interpreter, const std::string& name) {
  const std::size_t colon = name.find(':');
  const std::string module = name.substr(0, colon);
  python::Outcome found = interpreter.import_module(module);
  if (found && colon != std::string::npos) {
    for (const std::string& part : base::split(name.substr(colon + 1), '.')) {
      if (found) found = interpreter.find_attribute(*found, part);
    }
  }
  if (found.is_raised()) interpreter.clear_exception();
  if (!found) return nullptr;
  if (MetaDataObject* metadata = as_metadata(*found)) return metadata;
  const python::Outcome metadata = interpreter.find_attribute(*found, "metadata");
  if (metadata.is_raised()) interpreter.clear_exception();
  return metadata ? as_metadata(*metadata) : nullptr;
}

base::Result<std::vector<MetaDataObject*>> chosen(Context& context, const Options& options) {
  std::vector<MetaDataObject*> metadatas;
  if (!options.metadata.empty()) {
    MetaDataObject* metadata = named_metadata(*context.interpreter, options.metadata);
    if (metadata) return std::vector{metadata};
    return base::failure(base::ErrorCode::ModelsNotFound, "there is no MetaData called " + options.metadata,
                         "[models] metadata names a module and a base or MetaData in it: \"app.db:Base\"");
  }
  for (MetaDataObject* metadata : context.metadatas) {
    if (!is_bound_elsewhere(*metadata)) {
      metadatas.push_back(metadata);
      continue;
    }
    for (const TableObject* table : metadata->tables) {
      context.diagnostics.push_back(
          {.code = "OTHER_DATABASE",
           .message = "the table " + table->key() + " has a bind key, so it lies in another database",
           .place = place(table->location),
           .table = table->key()});
    }
  }
  return metadatas;
}

void add_unread_tables(const Context& context, const std::string& default_schema, schema::Reading& reading) {
  for (const UnreadTable& table : context.unread_tables) {
    if (table.name.empty()) continue;  // a warning stands for it
    const schema::QualifiedName name{table.schema.empty() ? default_schema : table.schema, table.name};
    reading.unresolved.push_back({{schema::Kind::Table, name, {}}, {}, table.place, table.reason});
  }
}

/// A contradiction ends the reading, unless it concerns few tables of many: then it is a warning for each of them.
base::Result<void> judge_contradictions(const Context& context, const std::string& default_schema,
                                        schema::Reading& reading) {
  constexpr std::size_t tables_for_each = 10;
  for (const Invalid& invalid : context.invalid) {
    const bool few = context.invalid.size() * tables_for_each <= reading.database.tables.size();
    if (!few || invalid.error.code != base::ErrorCode::ModelInvalid) return std::unexpected(invalid.error);
    const base::Place& place = invalid.error.place;
    reading.diagnostics.push_back(
        {.code = "MODEL_INVALID", .message = invalid.error.message, .place = place, .table = invalid.table});
    if (invalid.table.empty()) continue;
    const std::size_t dot = invalid.table.find('.');
    const schema::QualifiedName name{dot == std::string::npos ? default_schema : invalid.table.substr(0, dot),
                                     dot == std::string::npos ? invalid.table : invalid.table.substr(dot + 1)};
    reading.unresolved.push_back({{schema::Kind::Table, name, {}}, {}, place, invalid.error.message});
  }
  return {};
}

std::unique_ptr<Host> make_host(const std::set<std::string>& relevant) {
  auto host = std::make_unique<Host>();
  host->add(sqlmodel::sqlmodel_host());
  host->add(sqlmodel::pydantic_host());
  host->add(orm::orm_host());
  host->add(companion_host());
  host->add(core_host());
  host->add(undescribed_host());
  host->add(watching_host(relevant));
  return host;
}

base::Result<Models> finished(Context& context, const Options& options, const Sources& sources) {
  base::Result<std::vector<MetaDataObject*>> metadatas = chosen(context, options);
  if (!metadatas) return std::unexpected(metadatas.error());
  Models models;
  models.reading = finish(context, *metadatas, {.default_schema = options.default_schema});
  models.row_security = row_security(context, *metadatas, options.default_schema);
  add_renames(context, *metadatas, options.default_schema, models.reading);
  add_unread_tables(context, options.default_schema, models.reading);
  if (const base::Result<void> sound = judge_contradictions(context, options.default_schema, models.reading); !sound) {
    return std::unexpected(sound.error());
  }
  models.reading.diagnostics.insert(models.reading.diagnostics.end(), context.diagnostics.begin(),
                                    context.diagnostics.end());
  const base::Diagnostics& found = sources.diagnostics();
  models.reading.diagnostics.insert(models.reading.diagnostics.end(), found.begin(), found.end());
  if (models.reading.database.tables.empty() && models.reading.unresolved.empty() && context.unread_tables.empty())
    return no_models(options, sources);
  return models;
}
}  // namespace

base::Result<Models> read(const Options& options) {
  const Sources sources = Sources::find(options.root, options.paths);
  const Selection selection = select(sources);
  if (selection.entries.empty()) return no_models(options, sources);
  Parsed parsed = parse_all(selection.files);
  if (const base::Result<void> sound = refuse_broken(parsed, selection.errors_count); !sound) {
    return std::unexpected(sound.error());
  }
  std::set<std::string> relevant;
  for (const SourceFile* file : selection.entries) relevant.insert(file->shown);
  python::DiskFiles disk(sources.root().generic_string());
  for (std::unique_ptr<python::ParsedFile>& file : parsed) disk.add(std::move(file));
  CompanionFiles files(disk);
  const std::unique_ptr<Host> host = make_host(relevant);
  python::Interpreter interpreter(files, search_paths(files, sources), *host);
  Context& context = host->context;
  context.interpreter = &interpreter;
  for (const auto& [name, value] : options.values) context.supplied.emplace(name, value);
  choose_versions(context, options, sources);
  for (const SourceFile* file : selection.entries) {
    const python::ParsedFile* known = disk.parsed(file->path.generic_string());
    if (known && !known->error) interpreter.import_file(file->path.generic_string());
  }
  orm::configure(context);
  return finished(context, options, sources);
}

}  // namespace models
