#include "loader/answer.h"

#include <array>
#include <nlohmann/json.hpp>

#include "base/text.h"

namespace loader {
namespace {
using Json = nlohmann::json;
using base::ErrorCode;

std::string text(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

bool truth(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_boolean() && found->get<bool>();
}

int number(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_number_integer() ? found->get<int>() : 0;
}

base::Place place(const Json& json) { return {text(json, "file"), number(json, "line"), number(json, "column")}; }

/// [schema or null, name], as the catalog would hold it.
schema::QualifiedName qualified(const Json& json) {
  constexpr std::size_t longest_name = 63;
  if (!json.is_array() || json.size() != 2) return {};
  const auto part = [&](std::size_t at) {
    return json[at].is_string() ? base::clipped(json[at].get<std::string>(), longest_name) : std::string();
  };
  return {part(0), part(1)};
}

rls::Literal literal(const Json& json) {
  using Kind = rls::Literal::Kind;
  constexpr std::array<std::pair<std::string_view, Kind>, 5> kinds{
      {{"none", Kind::None}, {"truth", Kind::Truth}, {"text", Kind::Text}, {"list", Kind::List}, {"map", Kind::Map}}};
  rls::Literal made;
  made.kind = Kind::Other;
  const std::string kind = text(json, "kind");
  for (const auto& [name, value] : kinds) {
    if (name == kind) made.kind = value;
  }
  made.truth = truth(json, "truth");
  made.text = text(json, "text");
  made.shown = text(json, "shown");
  if (made.kind == Kind::List) {
    for (const Json& item : json.at("items")) made.items.push_back(literal(item));
  }
  if (made.kind == Kind::Map) {
    for (const Json& entry : json.at("entries")) made.entries.push_back({literal(entry.at(0)), literal(entry.at(1))});
  }
  return made;
}

LoadedTable table(const Json& json) {
  LoadedTable made;
  made.name = qualified(json.at("name"));
  made.place = place(json);
  for (const auto& [name, value] : json.at("security").items()) made.security.emplace(name, literal(value));
  for (const auto& [key, column] : json.at("columns_by_attribute").items()) {
    made.columns_by_attribute.emplace(key, column.get<std::string>());
  }
  for (const Json& pair : json.at("renamed_from")) {
    made.renamed_from.emplace_back(pair.at(0).get<std::string>(), pair.at(1).get<std::string>());
  }
  return made;
}

Answer answer(const Json& json) {
  Answer made;
  made.sqlalchemy = text(json, "sqlalchemy");
  made.schemas = json.at("schemas").get<std::vector<std::string>>();
  for (const Json& type : json.at("enums")) {
    made.enums.push_back({qualified(type.at("name")), type.at("labels").get<std::vector<std::string>>()});
  }
  for (const Json& sent : json.at("statements")) {
    made.statements.push_back(
        {text(sent, "sql"), qualified(sent.at("table")), truth(sent, "creates_table"), truth(sent, "own")});
  }
  for (const Json& each : json.at("tables")) made.tables.push_back(table(each));
  for (const Json& warning : json.at("warnings")) {
    made.warnings.push_back({.code = text(warning, "code"),
                             .message = text(warning, "message"),
                             .place = place(warning),
                             .table = text(warning, "table")});
  }
  return made;
}

struct Failure {
  std::string_view kind;
  ErrorCode code;
  std::string_view hint;
};

constexpr std::array failures{
    Failure{"syntax", ErrorCode::ParseError, "Check the model file for syntax errors"},
    Failure{"sqlalchemy", ErrorCode::ConfigInvalid,
            "install the project's dependencies for this interpreter, or name another one: --python PATH, or [models] "
            "python"},
    Failure{"import", ErrorCode::ModelInvalid,
            "install the module for this interpreter, name another one (--python PATH, [models] python), or choose the "
            "model files with [models] paths"},
    Failure{"models", ErrorCode::ModelInvalid, "SQLAlchemy itself refuses the models: mend them"},
    Failure{"metadata", ErrorCode::ModelsNotFound,
            "[models] metadata names a module and a base or MetaData in it: \"app.db:Base\""},
    Failure{"exception", ErrorCode::ModelInvalid,
            "importing the file must succeed in this interpreter; [models] paths chooses the files that are imported"},
};

std::unexpected<base::Error> failed(const Json& json) {
  const std::string kind = text(json, "error");
  const Failure* found = &failures.back();
  for (const Failure& failure : failures) {
    if (failure.kind == kind) found = &failure;
  }
  const base::Place where = place(json);
  const std::string interpreter = text(json, "executable") + " (Python " + text(json, "python") + ")";
  std::string message = text(json, "message");
  if (!where.file.empty()) message = base::text(where) + ": " + message;
  if (kind == "sqlalchemy") message = interpreter + " has no SQLAlchemy 1.3 or later: " + message;
  auto error = base::failure(found->code, message, std::string(found->hint), where).error();
  if (kind != "sqlalchemy" && kind != "metadata")
    error.context.push_back("while " + interpreter + " imports the models");
  return std::unexpected(std::move(error));
}

}  // namespace

base::Result<Answer> parsed_answer(std::string_view json) {
  try {
    const Json parsed = Json::parse(json);
    return parsed.contains("error") ? base::Result<Answer>(failed(parsed)) : answer(parsed);
  } catch (const Json::exception&) {
    return base::failure(ErrorCode::ConfigInvalid, "the interpreter does not give the answer that was expected",
                         "is [models] python (or --python) a Python interpreter?");
  }
}

}  // namespace loader
