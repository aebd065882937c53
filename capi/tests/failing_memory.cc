#include "failing_memory.h"

#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <new>

namespace failing_memory {
namespace {

std::atomic<int64_t> requests{0};
std::atomic<int64_t> fail_at{-1};  // the value of `requests` that fails
std::atomic<bool> failed{false};

// Counts one request; false if it is the one to fail.
bool Allow() {
  const int64_t number = requests.fetch_add(1) + 1;
  if (number != fail_at.load()) return true;
  failed.store(true);
  errno = ENOMEM;
  return false;
}

}  // namespace

void FailAt(int64_t n) {
  failed.store(false);
  fail_at.store(requests.load() + n);
}

bool Stop() {
  fail_at.store(-1);
  return failed.load();
}

int64_t Requests() { return requests.load(); }

}  // namespace failing_memory

using failing_memory::Allow;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)

void* operator new(std::size_t size) {
  if (!Allow()) throw std::bad_alloc();
  if (void* memory = std::malloc(size)) return memory;
  throw std::bad_alloc();
}
void* operator new[](std::size_t size) { return operator new(size); }
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return Allow() ? std::malloc(size) : nullptr; }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return Allow() ? std::malloc(size) : nullptr; }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, const std::nothrow_t&) noexcept { std::free(memory); }
void operator delete[](void* memory, const std::nothrow_t&) noexcept { std::free(memory); }

#else

extern "C" {

// The C library's own, under the names it exports for those who interpose.
void* __libc_malloc(size_t size);
void* __libc_calloc(size_t count, size_t size);
void* __libc_realloc(void* memory, size_t size);
void* __libc_memalign(size_t alignment, size_t size);

void* malloc(size_t size) { return Allow() ? __libc_malloc(size) : nullptr; }
void* calloc(size_t count, size_t size) { return Allow() ? __libc_calloc(count, size) : nullptr; }
void* realloc(void* memory, size_t size) { return Allow() ? __libc_realloc(memory, size) : nullptr; }
void* aligned_alloc(size_t alignment, size_t size) { return Allow() ? __libc_memalign(alignment, size) : nullptr; }
int posix_memalign(void** out, size_t alignment, size_t size) {
  if (!Allow()) return ENOMEM;
  *out = __libc_memalign(alignment, size);
  return *out == nullptr ? ENOMEM : 0;
}

void* mmap(void* address, size_t size, int protection, int flags, int file, off_t offset) {
  if (!Allow()) return MAP_FAILED;
  return reinterpret_cast<void*>(syscall(SYS_mmap, address, size, protection, flags, file, offset));
}

}  // extern "C"

#endif
