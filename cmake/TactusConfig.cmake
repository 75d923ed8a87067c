# find_package(Tactus): Tactus::openxr_touch, the header of XR_TACTUSX_touch_preview beside OpenXR's own.
include(CMakeFindDependencyMacro)
find_dependency(OpenXR)
include(${CMAKE_CURRENT_LIST_DIR}/TactusTargets.cmake)
