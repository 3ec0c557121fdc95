# Writes a C++ source that holds the bytes of INPUT as `embedded::NAME`.
file(READ "${INPUT}" hex HEX)
string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${hex}")
file(WRITE "${OUTPUT}" "#include <string_view>

namespace embedded {
namespace {
constexpr char bytes[] = {${bytes}'\\0'};
}
extern const std::string_view ${NAME};
const std::string_view ${NAME}{bytes, sizeof bytes - 1};
}  // namespace embedded
")
