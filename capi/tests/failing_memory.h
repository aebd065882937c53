#ifndef VESICA_CAPI_TESTS_FAILING_MEMORY_H_
#define VESICA_CAPI_TESTS_FAILING_MEMORY_H_

#include <cstdint>

// Memory requests of this process that fail when asked to: malloc and its kin and mmap, or, where a sanitizer owns
// those, operator new.
namespace failing_memory {

// From now on request number `n` (1, 2, ...) fails, once.
void FailAt(int64_t n);

// Stops failing. True if a request has failed since FailAt().
bool Stop();

// How many requests there have been since the process began.
int64_t Requests();

}  // namespace failing_memory

#endif  // VESICA_CAPI_TESTS_FAILING_MEMORY_H_
