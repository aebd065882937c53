#include <nanobind/stl/optional.h>
#include <nanobind/stl/string.h>

#include "audience.h"

namespace nb = nanobind;
using namespace nb::literals;

namespace vesica::python {
namespace {

c::Profile OpenProfile(const std::string& name, const std::optional<nb::bytes>& secret, const std::string& country,
                       uint32_t hash_bits) {
  auto options = c::internal::Sized<vesica_profile_options>();
  options.hash_bits = hash_bits;
  if (secret) {
    options.secret = secret->size() == 0 ? "" : secret->data();  // empty is not none: the library refuses it
    options.secret_size = secret->size();
  }
  options.country = c::internal::OrNull(country);
  vesica_profile* made = nullptr;
  c::internal::Call(vesica_profile_open, name.c_str(), &options, &made);
  return c::Profile(made);
}

// The canonical bytes and no reason, or None and the reason why there are none.
nb::tuple Canonicalize(const c::Profile& profile, const nb::bytes& key, uint32_t encoding) {
  auto error = c::internal::Sized<vesica_error>();
  uint32_t reason = 0;
  std::string canonical(32, '\0');
  size_t length = 0;
  const auto write = [&] {
    return vesica_profile_canonicalize(profile.get(), key.data(), key.size(), encoding, &canonical[0], canonical.size(),
                                       &length, &reason, &error);
  };
  vesica_status status = write();
  if (status == VESICA_BUFFER_TOO_SMALL) {
    canonical.resize(length);
    status = write();
  }
  if (status == VESICA_INVALID_KEY) return nb::make_tuple(nb::none(), vesica_reason_text(reason));
  if (status != VESICA_OK) throw c::Error(error);
  return nb::make_tuple(nb::bytes(canonical.data(), length), nb::none());
}

}  // namespace

void BindProfile(nb::module_& module) {
  nb::class_<c::Profile>(module, "Profile")
      .def_static("open", &OpenProfile, "name"_a, "secret"_a.none(), "country"_a, "hash_bits"_a)
      .def("stamp", &c::Profile::Stamp)
      .def("canonicalize", &Canonicalize, "key"_a, "encoding"_a);
}

}  // namespace vesica::python
