#include "support/alloc_guard.h"

#include <cerrno>
#include <cstddef>

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define TACTUS_SANITIZER_OWNS_MALLOC 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define TACTUS_SANITIZER_OWNS_MALLOC 1
#endif
#endif

namespace {

thread_local std::uint64_t heap_calls = 0;

}  // namespace

#ifndef TACTUS_SANITIZER_OWNS_MALLOC

// glibc keeps its own entry points under these names; C++'s new and delete call malloc and free.
extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* block, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);
void __libc_free(void* block);

void* malloc(std::size_t size) {
  ++heap_calls;
  return __libc_malloc(size);
}

void* calloc(std::size_t count, std::size_t size) {
  ++heap_calls;
  return __libc_calloc(count, size);
}

void* realloc(void* block, std::size_t size) {
  ++heap_calls;
  return __libc_realloc(block, size);
}

void* memalign(std::size_t alignment, std::size_t size) {
  ++heap_calls;
  return __libc_memalign(alignment, size);
}

void* aligned_alloc(std::size_t alignment, std::size_t size) {
  ++heap_calls;
  return __libc_memalign(alignment, size);
}

int posix_memalign(void** block, std::size_t alignment, std::size_t size) {
  ++heap_calls;
  *block = __libc_memalign(alignment, size);
  return *block != nullptr ? 0 : ENOMEM;
}

void free(void* block) {
  ++heap_calls;
  __libc_free(block);
}
}

#endif

namespace tactus::testing {

bool is_counting() noexcept {
#ifdef TACTUS_SANITIZER_OWNS_MALLOC
  return false;
#else
  return true;
#endif
}

AllocGuard::AllocGuard() noexcept : calls_before_(heap_calls) {}

std::uint64_t AllocGuard::calls() const noexcept { return heap_calls - calls_before_; }

}  // namespace tactus::testing
