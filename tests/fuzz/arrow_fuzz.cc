// Imports an Arrow array of hostile contents, plain or as a column of a stream's record batches, and hashes it. What
// the interface cannot tell is honest: buffers are as long as the array's length, offset and last text offset say.
// Every buffer is a heap block of exactly its size. Where reading succeeds, the naive twin must find the same.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "arrow/arrow_abi.h"
#include "arrow/stream.h"
#include "hash/key_hasher.h"
#include "tests/model/naive_keys.h"

namespace {

using namespace vesica;

// The fuzzer's bytes as numbers; zeros after their end.
class Input {
 public:
  Input(const uint8_t* data, size_t size) : data_(data), size_(size) {}

  uint8_t Byte() {
    if (size_ == 0) return 0;
    --size_;
    return *data_++;
  }
  uint32_t Below(uint32_t limit) {
    const uint32_t low = Byte();
    return (low | Byte() << 8u) % limit;
  }
  bool OneIn(uint32_t n) { return Byte() % n == n - 1; }
  void Fill(void* out, size_t size) {
    if (size == 0) return;
    const size_t given = std::min(size, size_);
    if (given > 0) std::memcpy(out, data_, given);
    std::memset(static_cast<char*>(out) + given, 0, size - given);
    data_ += given;
    size_ -= given;
  }

 private:
  const uint8_t* data_;
  size_t size_;
};

// Contents of a field that should be `honest`: now and then something else.
int64_t Field(Input& input, int64_t honest) {
  if (!input.OneIn(32)) return honest;
  constexpr int64_t kOdd[] = {-1, -2, 0, 1, 2, 3, 4, INT64_MIN, INT64_MAX, INT64_MAX - 5};
  return kOdd[input.Byte() % std::size(kOdd)];
}

class FuzzedArray {
 public:
  ArrowSchema schema = {};
  ArrowArray array = {};

  FuzzedArray(Input& input, bool dictionary_allowed) {
    constexpr const char* kFormats[] = {"u", "U", "z", "Z", "vu", "vz",   "c", "C", "s",
                                        "S", "i", "I", "l", "L",  "w:32", "e", "+s"};
    const std::string_view format = schema.format = kFormats[input.Byte() % std::size(kFormats)];
    const uint32_t length = input.Below(600), offset = input.Byte() % 20;
    const size_t rows = length + offset;
    array.length = input.OneIn(8) ? std::min<int64_t>(Field(input, length), length) : length;
    array.offset = input.OneIn(8) ? std::min<int64_t>(Field(input, offset), offset) : offset;
    const size_t end = array.length < 0 || array.offset < 0 ? rows : static_cast<size_t>(array.length + array.offset);
    AddBuffer(input, (rows + 7) / 8);
    if (format == "u" || format == "z") {
      AddText<int32_t>(input, rows, end);
    } else if (format == "U" || format == "Z") {
      AddText<int64_t>(input, rows, end);
    } else if (format[0] == 'v') {
      AddViews(input, rows);
    } else if (format == "w:32") {
      AddBuffer(input, rows * 32);
    } else {
      AddBuffer(input, rows * 8);
      if (dictionary_allowed && input.OneIn(2)) AddDictionary(input, rows);
    }
    const int64_t buffers = static_cast<int64_t>(buffers_.size());
    for (const void*& buffer : buffers_) {
      if (input.OneIn(64)) buffer = nullptr;
    }
    array.null_count = Field(input, -static_cast<int64_t>(input.Byte() % 2));
    array.n_buffers = std::min(Field(input, buffers), buffers);
    array.buffers = buffers_.data();
    schema.n_children = Field(input, 0);
    schema.release = [](ArrowSchema* s) { s->release = nullptr; };
    array.release = [](ArrowArray* a) { a->release = nullptr; };
  }

 private:
  char* AddBuffer(Input& input, size_t size) {
    blocks_.push_back(std::make_unique<char[]>(size));
    input.Fill(blocks_.back().get(), size);
    buffers_.push_back(blocks_.back().get());
    return blocks_.back().get();
  }

  // Offsets in order, but for some; the one after the last row is honest.
  template <class Offset>
  void AddText(Input& input, size_t rows, size_t last_row) {
    constexpr Offset kMaxBytes = 1 << 16;
    char* offsets = AddBuffer(input, (rows + 1) * sizeof(Offset));
    Offset end = 0;
    for (size_t i = 0; i <= rows; ++i) {
      const Offset given = NaiveElement<Offset>(offsets, i);
      const bool hostile = i != last_row && (given & 63) == 63;
      if (!hostile) end = std::min<Offset>(kMaxBytes, end + (given & 31));
      const Offset written = hostile ? given : end;
      std::memcpy(offsets + i * sizeof(Offset), &written, sizeof(Offset));
    }
    AddBuffer(input, static_cast<size_t>(end));
  }

  void AddViews(Input& input, size_t rows) {
    char* views = AddBuffer(input, rows * 16);
    std::vector<int64_t> sizes;
    for (uint32_t i = input.Byte() % 4; i > 0; --i) sizes.push_back(input.Below(300));
    for (size_t i = 0; i < rows; ++i) {  // most sizes and places are near the truth
      int32_t fields[4];
      std::memcpy(fields, views + i * 16, 16);
      if (fields[0] % 8 == 0) continue;
      fields[0] &= 63;
      if (fields[0] > 12) fields[2] &= 3, fields[3] &= 255;
      std::memcpy(views + i * 16, fields, 16);
    }
    for (const int64_t size : sizes) AddBuffer(input, static_cast<size_t>(size));
    for (int64_t& size : sizes) size = std::min(Field(input, size), size);
    char* told = AddBuffer(input, sizes.size() * sizeof(int64_t));
    std::copy(sizes.begin(), sizes.end(), reinterpret_cast<int64_t*>(told));
  }

  void AddDictionary(Input& input, size_t rows) {
    dictionary_ = std::make_unique<FuzzedArray>(input, input.OneIn(16));
    schema.dictionary = &dictionary_->schema;
    if (!input.OneIn(32)) array.dictionary = &dictionary_->array;
    const auto values = static_cast<uint64_t>(std::max<int64_t>(1, dictionary_->array.length));
    const size_t kind = std::string_view("cCsSiIlL").find(schema.format[0]);
    if (kind != std::string_view::npos && !input.OneIn(4)) {  // mostly within the dictionary
      const size_t width = size_t{1} << kind / 2;
      char* indices = blocks_[1].get();
      for (size_t i = 0; i < rows; ++i) {
        uint64_t index = 0;
        std::memcpy(&index, indices + i * width, width);
        index %= values;
        std::memcpy(indices + i * width, &index, width);
      }
    }
  }

  std::vector<std::unique_ptr<char[]>> blocks_;
  std::vector<const void*> buffers_;
  std::unique_ptr<FuzzedArray> dictionary_;
};

const std::vector<Identity>& Identities() {
  static const auto* identities = [] {
    auto* made = new std::vector<Identity>;
    for (const char* profile : {"raw/1", "int64/1", "sha256/1", "email/1"}) {
      for (const HashWidth width : {HashWidth::k64, HashWidth::k128}) {
        made->push_back(Identity::Create(Profile::Open(profile).value(), width).value());
      }
    }
    return made;
  }();
  return *identities;
}

void Require(bool condition) {
  if (!condition) std::abort();
}

void HashColumn(const KeyColumn& column, const Identity& identity) {
  KeyHasher hasher(identity);
  if (!hasher.Check(column).ok()) return;
  const bool wide = identity.width() == HashWidth::k128;
  auto batch = std::make_unique<HashedBatch>();
  std::vector<KeyHash> hashes;
  Quality quality;
  for (uint64_t begin = 0; begin < column.length; begin += kHashBatch) {
    const auto count = static_cast<uint32_t>(std::min<uint64_t>(kHashBatch, column.length - begin));
    if (!hasher.Hash(column, begin, count, true, batch.get(), &quality).ok()) return;
    for (uint32_t i = 0; i < batch->size; ++i) {
      hashes.push_back({batch->hi[i], wide ? batch->lo[i] : 0});
      Require(identity.Hash(hasher.CanonicalBytes(column, batch->row[i])) == hashes.back());
    }
  }
  const NaiveHashes expected = HashNaively(column, identity);
  Require(hashes == expected.hashes);
  Require(quality.valid == expected.quality.valid && quality.blank == expected.quality.blank);
}

// A stream of one record batch.
struct OneBatchStream {
  ArrowArrayStream stream = {};
  ArrowSchema schema = {};
  ArrowArray array = {};

  static int Schema(ArrowArrayStream* s, ArrowSchema* out) {
    *out = static_cast<OneBatchStream*>(s->private_data)->schema;
    return 0;
  }
  static int Array(ArrowArrayStream* s, ArrowArray* out) {
    ArrowArray& array = static_cast<OneBatchStream*>(s->private_data)->array;
    *out = array;
    array = {};
    return 0;
  }
};

void ReadAsStream(Input& input, FuzzedArray& column, const Identity& identity, KeyEncoding encoding) {
  column.schema.name = "key";
  ArrowSchema* schemas[] = {&column.schema};
  ArrowArray* arrays[] = {&column.array};
  const uint32_t length = input.Below(600), offset = input.Byte() % 20;
  std::vector<uint8_t> validity((length + offset + 7) / 8);
  input.Fill(validity.data(), validity.size());
  const void* buffers[] = {input.OneIn(4) ? nullptr : validity.data()};

  OneBatchStream source;
  source.schema.format = "+s";
  source.schema.children = schemas;
  source.schema.n_children = 1;
  source.schema.release = column.schema.release;
  source.array.length = std::min<int64_t>(Field(input, length), length);
  source.array.offset = std::min<int64_t>(Field(input, offset), offset);
  source.array.null_count = Field(input, -1);
  source.array.n_buffers = std::min<int64_t>(Field(input, 1), 1);
  source.array.buffers = buffers;
  source.array.n_children = Field(input, 1);
  source.array.children = arrays;
  source.array.release = column.array.release;
  source.stream.get_schema = OneBatchStream::Schema;
  source.stream.get_next = OneBatchStream::Array;
  source.stream.release = [](ArrowArrayStream*) {};
  source.stream.private_data = &source;

  const auto reader = ArrowStreamSource::Open(source.stream, "key", encoding);
  if (!reader.ok()) return;
  KeyColumn keys;
  for (uint64_t batch = 0;; ++batch) {
    const auto more = (*reader)->Next(0, batch, &keys);
    if (!more.ok() || !*more) return;
    HashColumn(keys, identity);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  Input input(data, size);
  const Identity& identity = Identities()[input.Byte() % Identities().size()];
  const auto encoding = static_cast<KeyEncoding>(input.Byte() % 3);
  const bool as_stream = input.OneIn(4);
  FuzzedArray array(input, true);
  if (as_stream) {
    ReadAsStream(input, array, identity, encoding);
    return 0;
  }
  auto column = ColumnFromArrow(array.schema, array.array);
  if (!column.ok()) return 0;
  column->encoding = encoding;
  HashColumn(*column, identity);
  const uint64_t begin = input.Below(600) % (column->length + 1);
  HashColumn(column->Slice(begin, input.Below(600) % (column->length - begin + 1)), identity);
  return 0;
}
