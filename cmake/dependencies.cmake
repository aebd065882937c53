# Abseil and Highway are built once from source, position independent and with hidden symbols, into the prefix
# VESICA_DEPS that all build trees share. The sources are VESICA_ABSEIL_SOURCE and VESICA_HIGHWAY_SOURCE; by default
# what `./dev` fetched (the distribution's source packages). The rest are the distribution's libraries.
set(VESICA_DEPS "${PROJECT_SOURCE_DIR}/build/deps" CACHE PATH "Prefix that holds, or is to hold, Abseil and Highway")
set(VESICA_ABSEIL_SOURCE "${PROJECT_SOURCE_DIR}/build/deps-src/abseil" CACHE PATH "Source tree of Abseil")
set(VESICA_HIGHWAY_SOURCE "${PROJECT_SOURCE_DIR}/build/deps-src/highway" CACHE PATH "Source tree of Highway")

include(cmake/build_from_source.cmake)
vesica_build_from_source(abseil ${VESICA_ABSEIL_SOURCE} -DABSL_ENABLE_INSTALL=ON -DABSL_PROPAGATE_CXX_STD=ON)
vesica_build_from_source(highway ${VESICA_HIGHWAY_SOURCE} -DHWY_ENABLE_CONTRIB=OFF -DHWY_ENABLE_EXAMPLES=OFF
                         -DHWY_ENABLE_TESTS=OFF -DHWY_ENABLE_INSTALL=ON)

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
target_include_directories(vesica_hwy SYSTEM INTERFACE $<BUILD_INTERFACE:${VESICA_DEPS}/include>)
target_link_libraries(vesica_hwy INTERFACE
                      $<BUILD_INTERFACE:${VESICA_HWY}>
                      $<INSTALL_INTERFACE:$<INSTALL_PREFIX>/${CMAKE_INSTALL_LIBDIR}/vesica/lib/libhwy.a>)
