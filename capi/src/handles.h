#ifndef VESICA_CAPI_SRC_HANDLES_H_
#define VESICA_CAPI_SRC_HANDLES_H_

#include <string>
#include <vector>

#include "vesica.h"
#include "vesica/audience.h"
#include "vesica/context.h"
#include "vesica/hash.h"
#include "vesica/overlap.h"
#include "vesica/study.h"
#include "vesica/table.h"

// What stands behind each opaque type: the C++ object, nothing more.

struct vesica_context {
  vesica::Context impl;
};

struct vesica_profile {
  vesica::Identity impl;
};

struct vesica_builder {
  vesica::AudienceBuilder impl;
};

struct vesica_audience {
  vesica::Audience impl;
};

struct vesica_regions {
  vesica::Regions impl;
};

struct vesica_matrix {
  vesica::Matrix impl;
};

struct vesica_table {
  vesica::Table impl;
};

struct vesica_study {
  vesica::Study impl;
  bool failed = false;  // events were half added: it can only be freed

  // A partial whose size was asked for, kept for the call that takes it; empty: none.
  std::vector<std::string> saved_tables = {};
  std::string saved = {};
};

struct vesica_study_answer {
  vesica::StudyAnswer impl;
};

#endif  // VESICA_CAPI_SRC_HANDLES_H_
