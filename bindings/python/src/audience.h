#ifndef VESICA_BINDINGS_PYTHON_SRC_AUDIENCE_H_
#define VESICA_BINDINGS_PYTHON_SRC_AUDIENCE_H_

#include <nanobind/nanobind.h>

#include "vesica.hpp"

namespace vesica::python {

vesica_builder_options BuilderOptions(uint32_t representation, uint64_t sketch_bytes, bool plain_registers);

// Profiles, builders and audiences: classes Profile, Builder and Audience of `module`.
void BindProfile(nanobind::module_& module);
void BindAudience(nanobind::module_& module);

}  // namespace vesica::python

#endif  // VESICA_BINDINGS_PYTHON_SRC_AUDIENCE_H_
