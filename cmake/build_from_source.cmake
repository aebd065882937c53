# Builds and installs the CMake project `source` into VESICA_DEPS while configuring, unless the prefix holds it already:
# static, position independent, hidden symbols, optimised and without sanitizers whatever the build type.
#   vesica_build_from_source(name source further -D options of the project)
function(vesica_build_from_source name source)
  set(stamp ${VESICA_DEPS}/${name}.source)
  file(MAKE_DIRECTORY ${VESICA_DEPS})
  file(LOCK ${VESICA_DEPS}/lock GUARD FUNCTION TIMEOUT 3600)  # several build trees may be configured at once
  if(EXISTS ${stamp})
    file(READ ${stamp} built_from)
    if(EXISTS ${source}/CMakeLists.txt AND NOT built_from STREQUAL source)
      message(FATAL_ERROR "${VESICA_DEPS} holds ${name} built from ${built_from}, not from ${source}. "
                          "Give another -DVESICA_DEPS=PREFIX.")
    endif()
    return()
  endif()
  if(NOT EXISTS ${source}/CMakeLists.txt)
    string(TOUPPER ${name} upper)
    message(FATAL_ERROR "No source of ${name} in ${source}. Run ./dev build, which fetches it, or give "
                        "-DVESICA_${upper}_SOURCE=DIR (see CONTRIBUTING.md).")
  endif()

  message(STATUS "Building ${name} from ${source} into ${VESICA_DEPS}")
  set(tree ${VESICA_DEPS}/tree-${name})
  cmake_host_system_information(RESULT jobs QUERY NUMBER_OF_LOGICAL_CORES)
  set(launchers)
  foreach(language C CXX)
    if(CMAKE_${language}_COMPILER_LAUNCHER)
      list(APPEND launchers -DCMAKE_${language}_COMPILER_LAUNCHER=${CMAKE_${language}_COMPILER_LAUNCHER})
    endif()
  endforeach()
  set(log ${VESICA_DEPS}/${name}.log)
  file(REMOVE_RECURSE ${tree})
  foreach(step configure build)
    if(step STREQUAL "configure")
      set(command ${CMAKE_COMMAND} -S ${source} -B ${tree} -G ${CMAKE_GENERATOR} -DCMAKE_BUILD_TYPE=Release
          -DCMAKE_INSTALL_PREFIX=${VESICA_DEPS} -DCMAKE_INSTALL_LIBDIR=lib
          -DCMAKE_C_COMPILER=${CMAKE_C_COMPILER} -DCMAKE_CXX_COMPILER=${CMAKE_CXX_COMPILER} ${launchers}
          -DCMAKE_CXX_STANDARD=20 -DCMAKE_POSITION_INDEPENDENT_CODE=ON -DCMAKE_CXX_VISIBILITY_PRESET=hidden
          -DCMAKE_VISIBILITY_INLINES_HIDDEN=ON -DBUILD_SHARED_LIBS=OFF -DBUILD_TESTING=OFF ${ARGN})
    else()
      set(command ${CMAKE_COMMAND} --build ${tree} --target install --parallel ${jobs})
    endif()
    execute_process(COMMAND ${command} RESULT_VARIABLE failed OUTPUT_FILE ${log} ERROR_FILE ${log})
    if(failed)
      message(FATAL_ERROR "Building ${name} failed; see ${log}")
    endif()
  endforeach()
  file(REMOVE_RECURSE ${tree})
  file(WRITE ${stamp} ${source})
endfunction()
