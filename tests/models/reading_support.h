#pragma once

#include <map>
#include <string>

#include "models/read.h"

namespace models {

/// Reads a project made of these files (path to text).
base::Result<Models> read_project(const std::map<std::string, std::string>& files);

/// A table on one line: "goat: id integer! serial, name varchar | pk id | unique name": `!` is NOT NULL.
std::string told(const schema::Table& table);

/// All tables of a project of one models.py, a line each; the error's code and message where it cannot be read.
std::string told(const std::string& models);

}  // namespace models
