// Compiling one loop for several instruction sets.
//
// A body that is TACTUS_INLINE is put into one function for each set that TACTUS_TARGET names; which
// of them runs is chosen by the processor. With TACTUS_WIDE 0 only the plain one is compiled.
//
//   Threads  macros only.
//   Proof    tests/core/pose/finger_rows_test.cc, tests/core/contact/neighbourhood_test.cc (same
//            bits in each width)
#pragma once

// Not on Windows, where GCC keeps no stack aligned for wide registers (GCC bug 54412).
#if defined(__x86_64__) && defined(__GNUC__) && !defined(_WIN32)
#define TACTUS_WIDE 1
#define TACTUS_TARGET(name) __attribute__((target(name)))
#else
#define TACTUS_WIDE 0
#endif
#define TACTUS_INLINE inline __attribute__((always_inline))
