#ifndef VESICA_TESTS_MODEL_ARROW_FIXTURE_H_
#define VESICA_TESTS_MODEL_ARROW_FIXTURE_H_

#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "arrow/arrow_abi.h"

namespace vesica {

// Arrow arrays as foreign producers lay them out, made by hand. Every buffer is a heap block of exactly its size, so
// that the address sanitizer sees each byte read beyond it. `leading` rows of junk come before the array's offset.
class ArrowFixture {
 public:
  using TextRows = std::vector<std::optional<std::string>>;
  using IntegerRows = std::vector<std::optional<int64_t>>;

  // u U z Z vu vz. Null rows have junk for bytes, or a view that points nowhere.
  static std::unique_ptr<ArrowFixture> Text(const char* format, const TextRows& rows, size_t leading = 0) {
    auto fixture = std::make_unique<ArrowFixture>(format, rows.size(), leading);
    TextRows all(leading, "junk before the offset");
    all.insert(all.end(), rows.begin(), rows.end());
    fixture->AddValidity(all);
    const std::string type = format;
    if (type[0] == 'v') {
      fixture->AddViews(all);
    } else if (type == "u" || type == "z") {
      fixture->AddOffsets<int32_t>(all);
    } else {
      fixture->AddOffsets<int64_t>(all);
    }
    return fixture;
  }

  // c C s S i I l L; values are cut to the width.
  static std::unique_ptr<ArrowFixture> Integers(const char* format, const IntegerRows& rows, size_t leading = 0) {
    auto fixture = std::make_unique<ArrowFixture>(format, rows.size(), leading);
    IntegerRows all(leading, 99);
    all.insert(all.end(), rows.begin(), rows.end());
    fixture->AddValidity(all);
    const size_t width = size_t{1} << std::string("cCsSiIlL").find(format[0]) / 2;
    std::string bytes;
    for (const auto& row : all) {
      const int64_t value = row.value_or(-7);
      bytes.append(reinterpret_cast<const char*>(&value), width);  // lowest byte first
    }
    fixture->AddBuffer(bytes);
    return fixture;
  }

  // w:32; every row is of 32 bytes.
  static std::unique_ptr<ArrowFixture> Digests(const TextRows& rows, size_t leading = 0) {
    auto fixture = std::make_unique<ArrowFixture>("w:32", rows.size(), leading);
    TextRows all(leading, std::string(32, 'j'));
    all.insert(all.end(), rows.begin(), rows.end());
    fixture->AddValidity(all);
    std::string bytes;
    for (const auto& row : all) bytes += row.value_or(std::string(32, 'n'));
    fixture->AddBuffer(bytes);
    return fixture;
  }

  // Rows that index `values`.
  static std::unique_ptr<ArrowFixture> Dictionary(const char* index_format, const IntegerRows& indices,
                                                  std::unique_ptr<ArrowFixture> values, size_t leading = 0) {
    auto fixture = Integers(index_format, indices, leading);
    fixture->schema.dictionary = &values->schema;
    fixture->array.dictionary = &values->array;
    fixture->children_.push_back(std::move(values));
    return fixture;
  }

  // Record batches of one row per entry of `valid`, after `leading` more.
  static std::unique_ptr<ArrowFixture> Records(
      std::vector<std::pair<const char*, std::unique_ptr<ArrowFixture>>> columns, const std::vector<bool>& valid,
      size_t leading = 0) {
    auto fixture = std::make_unique<ArrowFixture>("+s", valid.size(), leading);
    std::vector<std::optional<int>> rows(leading, 0);
    for (bool v : valid) rows.push_back(v ? std::optional<int>(0) : std::nullopt);
    fixture->AddValidity(rows);
    for (auto& [name, column] : columns) {
      column->schema.name = name;
      fixture->child_schemas_.push_back(&column->schema);
      fixture->child_arrays_.push_back(&column->array);
      fixture->children_.push_back(std::move(column));
    }
    fixture->schema.children = fixture->child_schemas_.data();
    fixture->array.children = fixture->child_arrays_.data();
    fixture->schema.n_children = fixture->array.n_children = static_cast<int64_t>(fixture->children_.size());
    return fixture;
  }

  ArrowFixture(const char* format, size_t length, size_t leading) {
    schema.format = format;
    schema.flags = ARROW_FLAG_NULLABLE;
    schema.release = [](ArrowSchema* s) { s->release = nullptr; };
    array.length = static_cast<int64_t>(length);
    array.offset = static_cast<int64_t>(leading);
    array.null_count = -1;
    array.private_data = this;
    array.release = [](ArrowArray* a) {  // frees the buffers: their use afterwards is an error
      static_cast<ArrowFixture*>(a->private_data)->Free();
      a->release = nullptr;
    };
  }
  ArrowFixture(const ArrowFixture&) = delete;
  ArrowFixture& operator=(const ArrowFixture&) = delete;

  // Replaces a buffer with one of exactly these bytes.
  void SetBuffer(size_t index, const std::string& bytes) {
    blocks_[index] = std::make_unique<char[]>(bytes.size());
    std::memcpy(blocks_[index].get(), bytes.data(), bytes.size());
    buffers_[index] = blocks_[index].get();
  }
  void AddBuffer(const std::string& bytes) {
    blocks_.emplace_back();
    buffers_.push_back(nullptr);
    SetBuffer(blocks_.size() - 1, bytes);
    Publish();
  }
  void DropBuffer(size_t index) { buffers_[index] = nullptr; }
  template <class T>
  T* buffer(size_t index) {
    return reinterpret_cast<T*>(blocks_[index].get());
  }

  ArrowSchema schema = {};
  ArrowArray array = {};

 private:
  void Publish() {
    array.buffers = buffers_.data();
    array.n_buffers = static_cast<int64_t>(buffers_.size());
  }
  void Free() {
    blocks_.clear();
    for (auto& child : children_) child->Free();
  }

  template <class Row>
  void AddValidity(const std::vector<std::optional<Row>>& rows) {
    std::string bits((rows.size() + 7) / 8, '\0');
    for (size_t i = 0; i < rows.size(); ++i) {
      if (rows[i].has_value()) bits[i / 8] = static_cast<char>(bits[i / 8] | 1 << i % 8);
    }
    AddBuffer(bits);
  }

  template <class Offset>
  void AddOffsets(const TextRows& rows) {
    std::string offsets(sizeof(Offset), '\0'), bytes;
    for (const auto& row : rows) {
      bytes += row.value_or("null");
      const auto end = static_cast<Offset>(bytes.size());
      offsets.append(reinterpret_cast<const char*>(&end), sizeof(end));
    }
    AddBuffer(offsets);
    AddBuffer(bytes);
  }

  void AddViews(const TextRows& rows) {
    std::string views, data[2];  // long keys take turns between two data buffers
    for (size_t i = 0; i < rows.size(); ++i) {
      char view[16] = {};
      if (!rows[i].has_value()) std::memset(view, 0x7f, sizeof(view));
      const std::string key = rows[i].value_or("");
      if (rows[i].has_value()) {
        const auto size = static_cast<int32_t>(key.size());
        std::memcpy(view, &size, 4);
        if (size <= 12) {
          std::memcpy(view + 4, key.data(), key.size());
        } else {
          const auto buffer = static_cast<int32_t>(i % 2);
          const auto offset = static_cast<int32_t>(data[buffer].size());
          std::memcpy(view + 4, key.data(), 4);
          std::memcpy(view + 8, &buffer, 4);
          std::memcpy(view + 12, &offset, 4);
          data[buffer] += key;
        }
      }
      views.append(view, sizeof(view));
    }
    const int64_t sizes[2] = {static_cast<int64_t>(data[0].size()), static_cast<int64_t>(data[1].size())};
    AddBuffer(views);
    AddBuffer(data[0]);
    AddBuffer(data[1]);
    AddBuffer(std::string(reinterpret_cast<const char*>(sizes), sizeof(sizes)));
  }

  std::vector<std::unique_ptr<char[]>> blocks_;
  std::vector<const void*> buffers_;
  std::vector<std::unique_ptr<ArrowFixture>> children_;
  std::vector<ArrowSchema*> child_schemas_;
  std::vector<ArrowArray*> child_arrays_;
};

}  // namespace vesica

#endif  // VESICA_TESTS_MODEL_ARROW_FIXTURE_H_
