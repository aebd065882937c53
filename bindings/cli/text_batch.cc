#include "text_batch.h"

#include <array>

namespace vesica_cli {
namespace {

// What the library reads stays ours: there is nothing to release.
template <class Struct>
void ReleaseNothing(Struct* one) {
  one->release = nullptr;
}

}  // namespace

void TextBatch::Clear() {
  for (Column& column : columns_) {
    column.text.clear();
    column.offsets.assign(1, 0);
  }
  rows_ = bytes_ = 0;
}

Failure TextBatch::AddTo(vesica_study* study) const {
  const size_t count = columns_.size();
  std::vector<std::array<const void*, 3>> buffers(count);
  std::vector<ArrowSchema> schemas(count);
  std::vector<ArrowArray> arrays(count);
  std::vector<ArrowSchema*> schema_list;
  std::vector<ArrowArray*> array_list;
  for (size_t i = 0; i < count; ++i) {
    buffers[i] = {nullptr, columns_[i].offsets.data(), columns_[i].text.data()};
    schemas[i].format = "u";
    schemas[i].name = names_[i].c_str();
    schemas[i].release = ReleaseNothing;
    arrays[i].length = static_cast<int64_t>(rows_);
    arrays[i].n_buffers = 3;
    arrays[i].buffers = buffers[i].data();
    arrays[i].release = ReleaseNothing;
    schema_list.push_back(&schemas[i]);
    array_list.push_back(&arrays[i]);
  }
  const void* no_validity = nullptr;
  ArrowSchema schema = {};
  schema.format = "+s";
  schema.n_children = static_cast<int64_t>(count);
  schema.children = schema_list.data();
  schema.release = ReleaseNothing;
  ArrowArray array = {};
  array.length = static_cast<int64_t>(rows_);
  array.n_buffers = 1;
  array.buffers = &no_validity;
  array.n_children = static_cast<int64_t>(count);
  array.children = array_list.data();
  array.release = ReleaseNothing;
  vesica_error error = NoError();
  return FromLibrary(vesica_study_add(study, &array, &schema, nullptr, 0, &error), error);
}

}  // namespace vesica_cli
