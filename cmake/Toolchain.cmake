# Compiler settings and the libraries the project stands on, all of them Debian packages.
set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

option(AGENT_MIGRATE_TESTS "Build the tests" ON)
option(AGENT_MIGRATE_SANITIZE "Address and undefined-behaviour sanitizers" OFF)

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CCACHE}")
endif()
find_program(MOLD mold)
if(MOLD)
  add_link_options(-fuse-ld=mold)
endif()

add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Wnon-virtual-dtor -Werror)
# What g++ 12 wrongly sees in std::string when it optimises: overlaps (GCC bug 105651), members not initialised.
add_compile_options($<$<CONFIG:Release>:-Wno-restrict>
                    $<$<CONFIG:Release>:-Wno-maybe-uninitialized>)
if(AGENT_MIGRATE_SANITIZE)
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
endif()

set(CMAKE_CXX_COMPILE_OPTIONS_IPO -flto=auto -fno-fat-lto-objects)  # link-time optimisation on all cores

find_package(PkgConfig REQUIRED)
pkg_check_modules(libpq REQUIRED IMPORTED_TARGET libpq)
find_package(nlohmann_json REQUIRED)
find_package(tomlplusplus REQUIRED)
find_package(CLI11 REQUIRED)

# libpg_query and what it stands on, statically.
find_library(PG_QUERY_LIBRARY libpg_query.a REQUIRED)
find_library(PROTOBUF_C_LIBRARY libprotobuf-c.a REQUIRED)
find_library(XXHASH_LIBRARY libxxhash.a REQUIRED)
add_library(pg_query INTERFACE)
target_link_libraries(pg_query INTERFACE "${PG_QUERY_LIBRARY}" "${PROTOBUF_C_LIBRARY}" "${XXHASH_LIBRARY}" m pthread)
