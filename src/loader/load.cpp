#include "loader/load.h"

#include <unistd.h>

#include <cstring>
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "base/text.h"
#include "loader/answer.h"
#include "loader/process.h"
#include "loader/realise.h"
#include "models/entries.h"

namespace embedded {
extern const std::string_view load_models;
}

namespace loader {
namespace {
using base::ErrorCode;

/// A path where one is given or found, else a name for PATH.
std::string interpreter(const Options& options) {
  const base::Path& root = options.models.root;
  if (!options.python.empty()) {
    const bool is_name = options.python.find('/') == std::string::npos;
    return is_name && !base::is_file(root / options.python) ? options.python : (root / options.python).string();
  }
  for (const char* environment : {".venv", "venv", "env"}) {
    if (base::is_file(root / environment / "pyvenv.cfg")) return (root / environment / "bin" / "python").string();
  }
  return "python3";
}

std::string request(const Options& options, const models::Entries& entries) {
  nlohmann::json json;
  json["root"] = options.models.root.generic_string();
  json["paths"] = entries.paths;
  json["metadata"] = options.models.metadata;
  json["modules"] = nlohmann::json::array();
  for (const models::Module& module : entries.modules) {
    json["modules"].push_back({{"name", module.name}, {"file", module.file}});
  }
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

/// The last line of what an interpreter that did not answer complains of; nothing of the models' own output.
std::string complaint(const Ended& ended) {
  for (const std::string_view line : {"No module named encodings", "can't open file", "unknown option"}) {
    if (ended.errors.find(line) != std::string::npos) return ": " + std::string(line);
  }
  return {};
}

std::unexpected<base::Error> not_ended(const std::string& python, const Options& options, const Ended& ended) {
  const auto error = [](std::string message, std::string hint) {
    return base::failure(ErrorCode::ConfigInvalid, std::move(message), std::move(hint));
  };
  switch (ended.how) {
    case Ended::How::NotStarted:
      return error(python + ": " + std::strerror(ended.status),
                   "name the project's interpreter with --python PATH or [models] python");
    case Ended::How::TimedOut:
      return error(
          python + " did not import the models within " + std::to_string(options.patience.count() / 1000) + " seconds",
          "does a model file start a server, or wait for something? [models] paths chooses the files, [models] "
          "python_timeout the time");
    case Ended::How::TooLong:
      return error(python + " answered with more than 256 MB", "choose fewer files with [models] paths");
    case Ended::How::Killed:
      return error(
          python + " was ended by the signal " + std::to_string(ended.status) + " while it imported the models",
          "try: " + python + " -c \"import …\" with the model files");
    case Ended::How::Exited:
      break;
  }
  return error(
      python + " ended with status " + std::to_string(ended.status) + " before it gave an answer" + complaint(ended),
      "is it a Python interpreter, 3.6 or later? Does a model file call os._exit()?");
}

base::Result<Answer> ask(const Options& options, const models::Entries& entries) {
  const std::string python = interpreter(options);
  Program program;
  program.command = {python, "-c", std::string(embedded::load_models)};
  program.input = request(options, entries);
  program.folder = options.models.root;
  program.variables = {{"PYTHONDONTWRITEBYTECODE", "1"}, {"PYTHONUNBUFFERED", "1"}, {"PYTHONHASHSEED", "0"}};
  program.patience = options.patience;
  options.progress("importing the models with " + python);
  const Ended ended = run(program);
  if (ended.how != Ended::How::Exited || ended.output.empty()) return not_ended(python, options, ended);
  return parsed_answer(ended.output);
}

rls::Declaration declaration(const LoadedTable& table, const std::string& default_schema) {
  rls::Declaration made;
  made.table = table.name;
  if (made.table.schema.empty()) made.table.schema = default_schema;
  const auto take = [&](std::string_view name, rls::Literal& target) {
    if (const auto found = table.security.find(name); found != table.security.end()) target = found->second;
  };
  take("__rls__", made.rules);
  take("__rls_owner__", made.owner);
  take("__rls_force__", made.force);
  take("__grants__", made.grants);
  made.place = made.grants_place = table.place;
  made.columns_by_attribute = table.columns_by_attribute;
  return made;
}

/// Reading the files tells the places more exactly than running them does.
void take_places(const models::Models& from, models::Models& models) {
  for (const auto& [object, place] : from.reading.origins) models.reading.origins[object] = place;
  for (rls::Declaration& declaration : models.row_security) {
    for (const rls::Declaration& known : from.row_security) {
      if (known.table != declaration.table) continue;
      declaration.place = known.place;
      declaration.grants_place = known.grants_place;
    }
  }
}

}  // namespace

base::Result<models::Models> load(const Options& options) {
  const auto entries = models::entries(options.models);
  if (!entries) return std::unexpected(entries.error());
  const auto answer = ask(options, *entries);
  if (!answer) return std::unexpected(answer.error());
  if (answer->tables.empty()) {
    return base::failure(ErrorCode::ModelsNotFound, "importing the models defines no table",
                         "point [models] paths at the files that define them, or --path at the project");
  }
  options.progress("making the models on a scratch server");
  auto reading = realised(*answer, options.models.default_schema);
  if (!reading) return std::unexpected(reading.error());
  models::Models models;
  models.reading = std::move(*reading);
  for (const LoadedTable& table : answer->tables) {
    if (!table.security.empty()) models.row_security.push_back(declaration(table, options.models.default_schema));
  }
  if (const auto read = models::read(options.models)) take_places(*read, models);
  return models;
}

}  // namespace loader
