#include "schema/name.h"

namespace schema {

std::string text(const QualifiedName& name) { return name.schema.empty() ? name.name : name.schema + "." + name.name; }

}  // namespace schema
