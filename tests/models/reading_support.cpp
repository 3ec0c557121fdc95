#include "reading_support.h"

#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>

#include "base/text.h"

namespace models {
namespace {
namespace fs = std::filesystem;

std::string names(const std::vector<schema::Name>& columns) {
  std::vector<std::string> texts;
  for (const schema::Name& column : columns) texts.push_back(column.text);
  return base::joined(texts, ",");
}

std::string told(const schema::Column& column) {
  std::string text = column.name.text + " " + column.type.name;
  if (!column.type.modifiers.empty()) text += "(" + column.type.modifiers + ")";
  if (column.type.array) text += "[]";
  if (column.not_null) text += "!";
  if (column.serial) text += " serial";
  if (column.server_default) text += " default " + column.server_default->text;
  return text;
}
}  // namespace

base::Result<Models> read_project(const std::map<std::string, std::string>& files) {
  static std::atomic<int> count = 0;
  const fs::path root =
      fs::temp_directory_path() / ("reading_" + std::to_string(::getpid()) + "_" + std::to_string(count++));
  fs::create_directories(root);
  for (const auto& [path, text] : files) {
    fs::create_directories((root / path).parent_path());
    std::ofstream(root / path) << text;
  }
  Options options;
  options.root = root;
  base::Result<Models> models = read(options);
  fs::remove_all(root);
  return models;
}

std::string told(const schema::Table& table) {
  std::vector<std::string> columns;
  for (const schema::Column& column : table.columns) columns.push_back(told(column));
  std::string text = table.name.name + ": " + base::joined(columns, ", ");
  if (table.primary_key) text += " | pk " + names(table.primary_key->columns);
  for (const schema::Unique& unique : table.uniques) text += " | unique " + names(unique.columns);
  for (const schema::ForeignKey& key : table.foreign_keys) {
    text += " | fk " + names(key.columns) + " " + key.referred_table.name + "." + names(key.referred_columns);
  }
  for (const schema::Index& index : table.indexes) text += " | index " + index.name.text;
  return text + "\n";
}

std::string told(const std::string& text) {
  const base::Result<Models> models = read_project({{"models.py", text}});
  if (!models) return std::string(base::text(models.error().code)) + ": " + models.error().message;
  std::string all;
  for (const schema::Table& table : models->reading.database.tables) all += told(table);
  for (const base::Diagnostic& diagnostic : models->reading.diagnostics) {
    all += diagnostic.code + " " + std::to_string(diagnostic.place.line) + "\n";
  }
  return all;
}

}  // namespace models
