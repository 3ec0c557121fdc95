#pragma once

#include <string>

#include "schema/sequence.h"

namespace ddl {

/// The options that are not the defaults of the type, as CREATE SEQUENCE takes them: " INCREMENT BY 5 CYCLE".
/// `with_type` writes the type too where it is not bigint.
std::string sequence_options(const schema::SequenceOptions& options, bool with_type);

/// The options that differ, as ALTER SEQUENCE takes them, each preceded by `prefix` ("" or "SET "); the type without.
std::string sequence_changes(const schema::SequenceOptions& before, const schema::SequenceOptions& after,
                             const std::string& prefix);

}  // namespace ddl
