#pragma once

#include <memory>
#include <string>
#include <vector>

#include "python/evaluation/host.h"
#include "schema/reading.h"

/// SQLAlchemy's Core as the interpreter and the reader of models see it.
namespace models {

struct Context;
class MetaDataObject;

/// The part of the interpreter's host that knows the names of the Core, and the companions that bring types.
std::unique_ptr<python::Host> core_host();

struct FinishOptions {
  std::string default_schema = "public";  ///< where tables without a schema lie
};

/// What `create_all` of these MetaData makes, in that order; with origins, what is unresolved and why. Contradictions
/// are added to `Context::invalid`.
schema::Reading finish(Context&, const std::vector<MetaDataObject*>& metadatas, const FinishOptions& options = {});

}  // namespace models
