#include "audience_list.h"

#include "absl/strings/str_cat.h"
#include "guard.h"
#include "handles.h"
#include "text.h"

namespace vesica::capi {

absl::StatusOr<AudienceList> ToAudienceList(const vesica_audience* const* audiences, const char* const* names,
                                            uint32_t count, uint32_t least, uint32_t most) {
  VESICA_RETURN_IF_ERROR(NotNull({{audiences, "audiences"}}));
  if (count < least || count > most) {
    return InvalidArgument(absl::StrCat("count must be in ", least, "..", most));
  }
  AudienceList list;
  for (uint32_t i = 0; i < count; ++i) {
    if (audiences[i] == nullptr) return AtIndex(InvalidArgument("an audience is NULL"), i);
    list.audiences.push_back(&audiences[i]->impl);
    list.names.push_back(SetName(names == nullptr ? nullptr : names[i], i));
  }
  return list;
}

}  // namespace vesica::capi
