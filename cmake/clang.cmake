# Toolchain: the clang the project is checked with, else the newest there is.
foreach(version 14 20 19 18 17 16 15)
  list(APPEND c_names clang-${version})
  list(APPEND cxx_names clang++-${version})
endforeach()
find_program(VESICA_CLANG NAMES ${c_names} clang REQUIRED)
find_program(VESICA_CLANGXX NAMES ${cxx_names} clang++ REQUIRED)
set(CMAKE_C_COMPILER ${VESICA_CLANG})
set(CMAKE_CXX_COMPILER ${VESICA_CLANGXX})
