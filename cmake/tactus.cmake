# The few words that every CMakeLists.txt below uses.
#   tactus_library(NAME SOURCES … DEPS … [NO_EXCEPTIONS])   static library with a tactus:: alias, include/ public
#   tactus_program(NAME SOURCES … DEPS …)                    program in build/PRESET/bin
#   tactus_test(NAME SOURCES … DEPS … [LABELS …])            GoogleTest program, registered as one ctest
#   tactus_fuzzer(NAME SOURCE DEPS …)                        libFuzzer target (preset fuzz), a replay of seeds elsewhere

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_C_STANDARD 11)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)
set(CMAKE_LIBRARY_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/lib)
set(CMAKE_ARCHIVE_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/lib)
set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O2 -g1")
set(CMAKE_C_FLAGS_RELWITHDEBINFO "-O2 -g1")
set(CMAKE_CXX_FLAGS_DEBUG "-O1 -g1")
set(CMAKE_C_FLAGS_DEBUG "-O1 -g1")

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_C_COMPILER_LAUNCHER ${CCACHE})
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()

add_library(tactus_options INTERFACE)
target_compile_options(tactus_options INTERFACE -Wall -Wextra -Wshadow -Werror -Wno-missing-field-initializers
  # GCC 12 sees overlaps and overflows in inlined std::string, std::vector and Eigen that are none
  # (bugs 105651, 105329); asan and clang-tidy look for real ones.
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict> $<$<CXX_COMPILER_ID:GNU>:-Wno-array-bounds>
  $<$<CXX_COMPILER_ID:GNU>:-Wno-stringop-overflow>
  $<$<COMPILE_LANGUAGE:CXX>:-Wconversion -Wno-sign-conversion -ffp-contract=off>)
if(TACTUS_SANITIZE)
  target_compile_options(tactus_options INTERFACE -fsanitize=${TACTUS_SANITIZE} -fno-omit-frame-pointer
    -fno-sanitize-recover=all)
  target_link_options(tactus_options INTERFACE -fsanitize=${TACTUS_SANITIZE})
  if(TACTUS_SANITIZE MATCHES thread)
    target_compile_options(tactus_options INTERFACE -Wno-tsan)
  endif()
endif()
if(TACTUS_COVERAGE)
  target_compile_options(tactus_options INTERFACE --coverage -fprofile-update=atomic)
  target_link_options(tactus_options INTERFACE --coverage)
endif()
if(TACTUS_FUZZ)
  target_compile_options(tactus_options INTERFACE -fsanitize=fuzzer-no-link,address,undefined
    -fno-sanitize-recover=all)
  target_link_options(tactus_options INTERFACE -fsanitize=address,undefined)
endif()

add_custom_target(unit_tests)
add_custom_target(thread_tests)
add_custom_target(fuzzers)

function(tactus_library NAME)
  cmake_parse_arguments(ARG "NO_EXCEPTIONS" "" "SOURCES;DEPS" ${ARGN})
  add_library(${NAME} STATIC ${ARG_SOURCES})
  add_library(tactus::${NAME} ALIAS ${NAME})
  if(IS_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR}/include)
    target_include_directories(${NAME} PUBLIC include)
  endif()
  target_link_libraries(${NAME} PUBLIC ${ARG_DEPS} PRIVATE tactus_options)
  if(ARG_NO_EXCEPTIONS)
    target_compile_options(${NAME} PRIVATE $<$<COMPILE_LANGUAGE:CXX>:-fno-exceptions>)
  endif()
endfunction()

function(tactus_program NAME)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS" ${ARGN})
  add_executable(${NAME} ${ARG_SOURCES})
  target_link_libraries(${NAME} PRIVATE ${ARG_DEPS} tactus_options)
endfunction()

function(tactus_test NAME)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS;LABELS" ${ARGN})
  add_executable(${NAME} ${ARG_SOURCES})
  target_link_libraries(${NAME} PRIVATE ${ARG_DEPS} tactus_options GTest::gtest_main GTest::gmock)
  add_test(NAME ${NAME} COMMAND ${NAME})
  set_tests_properties(${NAME} PROPERTIES TIMEOUT 300 LABELS "unit;${ARG_LABELS}")
  add_dependencies(unit_tests ${NAME})
  if("threads" IN_LIST ARG_LABELS)
    add_dependencies(thread_tests ${NAME})
  endif()
endfunction()

function(tactus_fuzzer NAME SOURCE)
  cmake_parse_arguments(ARG "" "" "DEPS" ${ARGN})
  if(TACTUS_FUZZ)
    add_executable(${NAME} ${SOURCE})
    target_link_options(${NAME} PRIVATE -fsanitize=fuzzer)
  else()
    add_executable(${NAME} ${SOURCE} ${PROJECT_SOURCE_DIR}/tests/fuzz/replay_main.cc)
    add_test(NAME ${NAME} COMMAND ${NAME})
    set_tests_properties(${NAME} PROPERTIES TIMEOUT 300 LABELS "fuzz")
  endif()
  target_link_libraries(${NAME} PRIVATE ${ARG_DEPS} tactus_options)
  add_dependencies(fuzzers ${NAME})
endfunction()
