# What `cmake --install` lays down:
#   bin/vesica                    the command line
#   include/vesica.h, vesica.hpp  the C interface and the C++ one over it; all a user of libvesica.so needs
#   <libdir>/libvesica.so.0       with vesica.pc and cmake/vesica (target vesica::c)
#   include/vesica/               the C++ library (target vesica::vesica); its static archives, and the Abseil and
#                                 Highway they were built with, are kept apart in <libdir>/vesica
include(CMakePackageConfigHelpers)
set(vesica_package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/vesica)
set(vesica_private_dir ${CMAKE_INSTALL_LIBDIR}/vesica)

if(TARGET vesica_c)
  install(TARGETS vesica_c EXPORT vesica_c LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}
          INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
  install(EXPORT vesica_c NAMESPACE vesica:: FILE vesicaTargetsC.cmake DESTINATION ${vesica_package_dir})
  install(DIRECTORY capi/include/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
  file(RELATIVE_PATH vesica_pc_prefix ${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig ${CMAKE_INSTALL_PREFIX})
  configure_file(cmake/vesica.pc.in vesica.pc @ONLY)
  install(FILES ${CMAKE_CURRENT_BINARY_DIR}/vesica.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
endif()

get_property(stages GLOBAL PROPERTY VESICA_STAGES)
install(TARGETS ${stages} vesica_cpp vesica_hwy EXPORT vesica_cxx ARCHIVE DESTINATION ${vesica_private_dir}/lib
        INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(EXPORT vesica_cxx NAMESPACE vesica:: FILE vesicaTargetsCxx.cmake DESTINATION ${vesica_package_dir})
install(DIRECTORY include/vesica DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(DIRECTORY ${VESICA_DEPS}/lib/ DESTINATION ${vesica_private_dir}/lib
        FILES_MATCHING PATTERN "libabsl_*.a" PATTERN "libhwy.a" PATTERN "cmake/absl/*" PATTERN "pkgconfig" EXCLUDE)
install(DIRECTORY ${VESICA_DEPS}/include/absl DESTINATION ${vesica_private_dir}/include)

configure_package_config_file(cmake/vesicaConfig.cmake.in vesicaConfig.cmake INSTALL_DESTINATION ${vesica_package_dir}
                              PATH_VARS vesica_private_dir)
write_basic_package_version_file(vesicaConfigVersion.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/vesicaConfig.cmake ${CMAKE_CURRENT_BINARY_DIR}/vesicaConfigVersion.cmake
        DESTINATION ${vesica_package_dir})

if(TARGET vesica)
  file(RELATIVE_PATH bin_to_lib ${CMAKE_INSTALL_FULL_BINDIR} ${CMAKE_INSTALL_FULL_LIBDIR})
  set_target_properties(vesica PROPERTIES INSTALL_RPATH "\$ORIGIN/${bin_to_lib}")
  install(TARGETS vesica RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
endif()
install(FILES LICENSE THIRD_PARTY_LICENSES DESTINATION ${CMAKE_INSTALL_DOCDIR})
