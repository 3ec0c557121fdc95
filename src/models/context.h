#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/error.h"
#include "models/discovery/requirement.h"
#include "python/evaluation/location.h"

namespace python {
class Interpreter;
}

namespace models {

class MetaDataObject;
struct CoreState;
namespace orm {
struct State;
}

/// A table that is known by its name alone: what it is made of could not be read.
struct UnreadTable {
  std::string schema;  ///< empty: the default
  std::string name;
  base::Place place;
  std::string reason;
};

/// Where models contradict themselves.
struct Invalid {
  base::Error error;
  std::string table;  ///< "schema.name" or "name" of the one that is concerned; may be empty
};

/// What all handlers of one reading share.
struct Context {
  python::Interpreter* interpreter = nullptr;
  discovery::Version sqlalchemy{2, 0, 52};  ///< whose rules hold
  discovery::Version sqlmodel{0, 0, 999};

  std::shared_ptr<CoreState> core;         ///< of the Core's constructs: see core/state.h
  std::shared_ptr<orm::State> orm;         ///< of the declarative mapping: see orm/registry.h
  std::vector<MetaDataObject*> metadatas;  ///< in the order of their making
  std::vector<UnreadTable> unread_tables;
  base::Diagnostics diagnostics;
  std::vector<Invalid> invalid;  ///< why SQLAlchemy itself would refuse the models, in order

  std::map<std::string, std::string, std::less<>> supplied;  ///< [models.values]: dotted name to a Python expression
  std::set<base::Place> unresolved_places;                   ///< where something is reported already
};

/// The context of an interpreter whose host is `models::Host`.
Context& context(python::Interpreter& interpreter);

/// Reports, once a place, that something of the models is known only to the running program (code UNRESOLVED).
void report_unresolved(python::Interpreter& interpreter, const python::Location& location, std::string message,
                       std::string table = {});
/// Reports that SQLAlchemy would refuse the models (MODEL_INVALID), for the sake of one table where that is known.
void report_invalid(python::Interpreter& interpreter, const python::Location& location, std::string message,
                    std::string table = {});

}  // namespace models
