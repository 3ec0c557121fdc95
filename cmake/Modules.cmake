# add_module(NAME [USES MODULE...]): the folder src/NAME as one static library. It may include
# its own headers and those of the modules that it names; scripts/layers checks the same lines.
function(add_module name)
  cmake_parse_arguments(MODULE "" "" "USES" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/src/${name}/*.cpp")
  if(NOT sources)
    set(sources "${CMAKE_SOURCE_DIR}/cmake/empty.cpp")
  endif()
  add_library(${name} STATIC ${sources})
  target_include_directories(${name} PUBLIC "${CMAKE_SOURCE_DIR}/src" "${CMAKE_BINARY_DIR}/generated")
  target_link_libraries(${name} PUBLIC ${MODULE_USES})
  set_target_properties(${name} PROPERTIES LINKER_LANGUAGE CXX)
endfunction()

# embed(TARGET FILE NAME): makes FILE's bytes available as `extern const std::string_view embedded::NAME`.
function(embed target file name)
  set(output "${CMAKE_BINARY_DIR}/generated/embedded/${name}.cpp")
  add_custom_command(
    OUTPUT "${output}"
    COMMAND "${CMAKE_COMMAND}" "-DINPUT=${CMAKE_SOURCE_DIR}/${file}" "-DOUTPUT=${output}" "-DNAME=${name}" -P "${CMAKE_SOURCE_DIR}/cmake/Embed.cmake"
    DEPENDS "${CMAKE_SOURCE_DIR}/${file}" "${CMAKE_SOURCE_DIR}/cmake/Embed.cmake"
    VERBATIM)
  target_sources(${target} PRIVATE "${output}")
endfunction()
