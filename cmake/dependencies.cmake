# Abseil and Highway are built once from the distribution's source packages, position independent and with hidden
# symbols, into one prefix (./dev does it; see CONTRIBUTING.md). The rest are the distribution's libraries.
set(VESICA_DEPS "${PROJECT_SOURCE_DIR}/build/deps" CACHE PATH "Prefix that holds Abseil and Highway")

find_package(absl CONFIG REQUIRED PATHS ${VESICA_DEPS} NO_DEFAULT_PATH)
find_library(VESICA_HWY hwy REQUIRED PATHS ${VESICA_DEPS}/lib NO_DEFAULT_PATH)
find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(psl REQUIRED IMPORTED_TARGET libpsl)
pkg_check_modules(idn2 REQUIRED IMPORTED_TARGET libidn2)
pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium)
find_path(XXHASH_INCLUDE_DIR xxhash.h REQUIRED)
find_package(nlohmann_json REQUIRED)

add_library(vesica_hwy INTERFACE)
target_include_directories(vesica_hwy SYSTEM INTERFACE ${VESICA_DEPS}/include)
target_link_libraries(vesica_hwy INTERFACE ${VESICA_HWY})
