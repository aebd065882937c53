add_library(vesica_options INTERFACE)
target_compile_options(vesica_options INTERFACE -ffp-contract=off)
if(VESICA_STRICT)
  target_compile_options(vesica_options INTERFACE -Wall -Wextra -Werror)
  # GCC 12 warns of code in its own std::string (https://gcc.gnu.org/PR105651).
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    target_compile_options(vesica_options INTERFACE -Wno-restrict)
  endif()
  # Under sanitizers GCC takes much of the standard library for uninitialized (https://gcc.gnu.org/PR105562).
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_FLAGS MATCHES "-fsanitize")
    target_compile_options(vesica_options INTERFACE -Wno-maybe-uninitialized)
  endif()
endif()

# One stage of lib/ as a static library: every .cc file of its folder and of the folders in it.
#   vesica_stage(name DEPENDS earlier stages and libraries
#                     HEADERS_ONLY libraries that are only included, and only in .cc files)
function(vesica_stage name)
  cmake_parse_arguments(arg "" "" "DEPENDS;HEADERS_ONLY" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${name}/*.cc
       ${CMAKE_CURRENT_SOURCE_DIR}/${name}/*/*.cc)
  set(scope PUBLIC)
  if(sources)
    add_library(vesica_${name} STATIC ${sources})
    target_link_libraries(vesica_${name} PRIVATE $<BUILD_INTERFACE:vesica_options>)
    foreach(library ${arg_HEADERS_ONLY})
      target_link_libraries(vesica_${name} PRIVATE $<BUILD_INTERFACE:${library}>)
    endforeach()
  else()
    add_library(vesica_${name} INTERFACE)
    set(scope INTERFACE)
  endif()
  target_include_directories(vesica_${name} ${scope} $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/include>
                             $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/lib>)
  target_link_libraries(vesica_${name} ${scope} ${arg_DEPENDS})
  set_target_properties(vesica_${name} PROPERTIES EXPORT_NAME ${name})
  set_property(GLOBAL APPEND PROPERTY VESICA_STAGES vesica_${name})
endfunction()
