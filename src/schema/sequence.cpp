#include "schema/sequence.h"

namespace schema {

SequenceOptions default_sequence_options(const std::string& type, std::int64_t increment) {
  SequenceOptions options;
  options.type = type;
  options.increment = increment;
  const std::int64_t largest = type == "smallint" ? INT16_MAX : type == "integer" ? INT32_MAX : INT64_MAX;
  options.minimum = increment > 0 ? 1 : -largest - 1;
  options.maximum = increment > 0 ? largest : -1;
  options.start = increment > 0 ? options.minimum : options.maximum;
  return options;
}

}  // namespace schema
