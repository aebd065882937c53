// The C interface's handles, freed when they go out of scope, and its errors as failures.
#ifndef VESICA_CLI_LIBRARY_H_
#define VESICA_CLI_LIBRARY_H_

#include <memory>
#include <string>

#include "failure.h"
#include "vesica.h"

namespace vesica_cli {

template <auto Free>
struct Freer {
  template <class Handle>
  void operator()(Handle* handle) const {
    Free(handle);
  }
};

using ContextHandle = std::unique_ptr<vesica_context, Freer<vesica_context_free>>;
using ProfileHandle = std::unique_ptr<vesica_profile, Freer<vesica_profile_free>>;
using RegionsHandle = std::unique_ptr<vesica_regions, Freer<vesica_regions_free>>;
using BuilderHandle = std::unique_ptr<vesica_builder, Freer<vesica_builder_free>>;
using AudienceHandle = std::unique_ptr<vesica_audience, Freer<vesica_audience_free>>;
using MatrixHandle = std::unique_ptr<vesica_matrix, Freer<vesica_matrix_free>>;
using TableHandle = std::unique_ptr<vesica_table, Freer<vesica_table_free>>;
using StudyHandle = std::unique_ptr<vesica_study, Freer<vesica_study_free>>;
using StudyAnswerHandle = std::unique_ptr<vesica_study_answer, Freer<vesica_study_answer_free>>;

inline vesica_error NoError() {
  vesica_error error = {};
  error.struct_size = sizeof(error);
  return error;
}

// A failed call as a failure with the exit code that fits.
Failure FromLibrary(vesica_status status, const vesica_error& error);

// The text that a (buffer, capacity, length) function gives: call(buffer, capacity, length, error).
template <class Call>
Failure TextFromLibrary(Call&& call, std::string* out) {
  vesica_error error = NoError();
  size_t length = 0;
  vesica_status status = call(nullptr, 0, &length, &error);
  if (status != VESICA_OK && status != VESICA_BUFFER_TOO_SMALL) return FromLibrary(status, error);
  out->resize(length + 1);
  status = call(out->data(), out->size(), &length, &error);
  out->resize(length);
  return FromLibrary(status, error);
}

}  // namespace vesica_cli

#endif  // VESICA_CLI_LIBRARY_H_
