# What `cmake --install` and the Debian package put where: the loader, compilers and udev look for it
# there. Paths are relative, so that the tree works wherever it is unpacked.
#   bin/tactus                                  the program
#   LIB/tactus/openxr/                          layer and desktop runtime, in nobody's way: so far down that
#                                               CPack asks for no ldconfig
#   share/openxr/1/api_layers/explicit.d/       the layer's manifest: for those that ask for it
#   share/tactus/openxr_tactus_desktop.json     the runtime's, for XR_RUNTIME_JSON
#   include/tactus/, LIB/cmake/Tactus/, LIB/pkgconfig/   our extension's header, for applications
#   lib/udev/rules.d/                           gloves without root
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(TACTUS_LIBRARIES ${CMAKE_INSTALL_LIBDIR}/tactus/openxr)
install(TARGETS tactus RUNTIME)
install(TARGETS XrApiLayer_tactus_touch openxr_tactus_desktop LIBRARY DESTINATION ${TACTUS_LIBRARIES})
install(FILES drivers/transport/70-tactus.rules DESTINATION lib/udev/rules.d)
install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/tactus RENAME copyright)

function(tactus_install_manifest SOURCE NAME FOLDER)
  file(RELATIVE_PATH PLACE /prefix/${FOLDER} /prefix/${TACTUS_LIBRARIES})
  set(TACTUS_LAYER_LIBRARY ${PLACE}/libXrApiLayer_tactus_touch.so)
  set(TACTUS_RUNTIME_LIBRARY ${PLACE}/libopenxr_tactus_desktop.so)
  set(TACTUS_LAYER_SWITCH "")
  configure_file(${SOURCE} ${PROJECT_BINARY_DIR}/install/${NAME} @ONLY)
  install(FILES ${PROJECT_BINARY_DIR}/install/${NAME} DESTINATION ${FOLDER})
endfunction()
tactus_install_manifest(openxr-layer/manifest.json.in XrApiLayer_tactus_touch.json
  ${CMAKE_INSTALL_DATADIR}/openxr/1/api_layers/explicit.d)
tactus_install_manifest(simulator/runtime/openxr_tactus_desktop.json.in openxr_tactus_desktop.json
  ${CMAKE_INSTALL_DATADIR}/tactus)

# find_package(Tactus) gives Tactus::openxr_touch; `pkg-config tactus` the same.
install(DIRECTORY openxr-layer/include/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(TARGETS openxr_touch EXPORT Tactus)
install(EXPORT Tactus NAMESPACE Tactus:: FILE TactusTargets.cmake
  DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/Tactus)
configure_file(cmake/TactusConfig.cmake ${PROJECT_BINARY_DIR}/install/TactusConfig.cmake COPYONLY)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/install/TactusConfigVersion.cmake
  COMPATIBILITY SameMinorVersion ARCH_INDEPENDENT)
install(FILES ${PROJECT_BINARY_DIR}/install/TactusConfig.cmake
  ${PROJECT_BINARY_DIR}/install/TactusConfigVersion.cmake
  DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/Tactus)
file(RELATIVE_PATH TACTUS_PC_PREFIX /prefix/${CMAKE_INSTALL_LIBDIR}/pkgconfig /prefix)
configure_file(cmake/tactus.pc.in ${PROJECT_BINARY_DIR}/install/tactus.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/install/tactus.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

# `cpack -G DEB` in the build folder.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME tactus)
set(CPACK_PACKAGE_CONTACT "Tactus maintainers <maintainers@tactus.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "touch for virtual reality: gloves for OpenXR applications")
set(CPACK_STRIP_FILES ON)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION misc)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "libopenxr-loader1, udev")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS libopenxr-dev)
include(CPack)
