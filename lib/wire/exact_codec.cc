#include "wire/exact_codec.h"

#include <algorithm>
#include <utility>

#include "base/context_state.h"
#include "base/endian.h"
#include "wire/rice.h"

namespace vesica {
namespace {

constexpr uint64_t kProgressHashes = uint64_t{1} << 20;  // some milliseconds of work

uint32_t GapParameter(uint64_t count) { return RiceParameter(absl::MakeUint128(1, 0), count); }

template <HashElement T>
T MakeHash(uint64_t leading_word, uint64_t second_word) {
  if constexpr (std::same_as<T, uint64_t>) {
    return leading_word;
  } else {
    return {leading_word, second_word};
  }
}

template <HashElement T>
uint64_t RicePayloadBytes(std::span<const T> hashes) {
  const uint32_t k = GapParameter(hashes.size());
  uint64_t bits = hashes.size() * (1 + k), previous = 0;
  for (const T& hash : hashes) {
    bits += (LeadingWord(hash) - previous) >> k;
    previous = LeadingWord(hash);
  }
  return (bits + 7) / 8 + hashes.size() * (sizeof(T) - sizeof(uint64_t));
}

template <HashElement T>
void EncodeRice(std::span<const T> hashes, uint8_t* payload, uint64_t payload_bytes) {
  const uint32_t k = GapParameter(hashes.size());
  BitWriter writer(payload);
  uint64_t previous = 0;
  for (const T& hash : hashes) {
    writer.PutRice(LeadingWord(hash) - previous, k);
    previous = LeadingWord(hash);
  }
  if constexpr (std::same_as<T, KeyHash>) {
    uint8_t* out = payload + payload_bytes - hashes.size() * sizeof(uint64_t);
    for (const T& hash : hashes) StoreLittle64(hash.lo, out), out += sizeof(uint64_t);
  }
}

template <HashElement T>
void EncodePlain(std::span<const T> hashes, uint8_t* payload) {
  for (const T& hash : hashes) {
    StoreLittle64(LeadingWord(hash), payload);
    if constexpr (std::same_as<T, KeyHash>) StoreLittle64(hash.lo, payload + sizeof(uint64_t));
    payload += sizeof(T);
  }
}

// The hashes of a payload one after the other; Next() is false past its end.
template <HashElement T>
class PlainReader {
 public:
  explicit PlainReader(const Image& image) : next_(image.payload.data()) {}

  bool Next(T* hash) {
    *hash = MakeHash<T>(LoadLittle64(next_), sizeof(T) == 8 ? 0 : LoadLittle64(next_ + 8));
    next_ += sizeof(T);
    return true;  // the header's count goes with the payload's length
  }
  bool AtEnd() const { return true; }

 private:
  const uint8_t* next_;
};

template <HashElement T>
class RiceReader {
 public:
  explicit RiceReader(const Image& image)
      : k_(GapParameter(image.info.count)),
        second_words_(image.payload.data() + GapBytes(image)),
        gaps_(image.payload.data(), GapBytes(image)) {}

  // The count is at most the payload's length.
  static bool Fits(const Image& image) {
    const uint64_t count = image.info.count;
    return count * (sizeof(T) - sizeof(uint64_t)) <= image.payload.size() &&
           count <= GapBytes(image) * 8 / (1 + GapParameter(count));
  }

  bool Next(T* hash) {
    uint64_t gap;
    if (!gaps_.GetRice(k_, &gap) || gap > UINT64_MAX - leading_word_) return false;
    leading_word_ += gap;
    if constexpr (std::same_as<T, uint64_t>) {
      *hash = leading_word_;
    } else {
      *hash = {leading_word_, LoadLittle64(second_words_)};
      second_words_ += sizeof(uint64_t);
    }
    return true;
  }
  bool AtEnd() const { return gaps_.AtEnd(); }

 private:
  static uint64_t GapBytes(const Image& image) {
    return image.payload.size() - image.info.count * (sizeof(T) - sizeof(uint64_t));
  }

  uint32_t k_;
  const uint8_t* second_words_;
  BitReader gaps_;
  uint64_t leading_word_ = 0;
};

template <HashElement T, class Reader>
absl::Status DecodeInto(const Image& image, ContextState& state, T* out) {
  Reader reader(image);
  const uint64_t count = image.info.count;
  state.BeginCall();
  for (uint64_t begin = 0; begin < count; begin += kProgressHashes) {
    const uint64_t end = std::min(count, begin + kProgressHashes);
    for (uint64_t i = begin; i < end; ++i) {
      T hash;
      if (!reader.Next(&hash)) return Corrupt("the payload ends before its last hash");
      if (i > 0 && !IsLess(out[i - 1], hash)) return Corrupt("the hashes of the image are not in order");
      out[i] = hash;
    }
    VESICA_RETURN_IF_ERROR(state.Progress(static_cast<double>(end) / static_cast<double>(count)));
  }
  return reader.AtEnd() ? absl::OkStatus() : Corrupt("the payload goes on after its last hash");
}

template <HashElement T>
absl::StatusOr<std::shared_ptr<const SortedHashes>> Decode(const Image& image, Context& context) {
  const bool plain = image.info.coding == PayloadCoding::kPlain;
  if (!plain && !RiceReader<T>::Fits(image)) return Corrupt("the count does not go with the length of the image");
  const uint64_t size_bytes = image.info.count * sizeof(T);
  ContextState& state = context.state();
  VESICA_ASSIGN_OR_RETURN(auto buffer, SortedHashes::Buffer::Allocate(state.shared_ledger(), size_bytes));
  T* hashes = buffer.template data<T>();
  VESICA_RETURN_IF_ERROR(plain ? (DecodeInto<T, PlainReader<T>>(image, state, hashes))
                               : (DecodeInto<T, RiceReader<T>>(image, state, hashes)));
  const uint64_t rice_bytes =
      plain ? RicePayloadBytes(std::span<const T>(hashes, image.info.count)) : image.payload.size();
  if (plain == (rice_bytes < size_bytes)) return Corrupt("the payload has not the shorter coding");
  return std::make_shared<const SortedHashes>(std::move(buffer), kHashWidthOf<T>, image.info.count);
}

}  // namespace

void DescribeExact(const SortedHashes& hashes, ImageInfo* info) {
  WithElementOf(hashes.width(), [&]<class T>(T) {
    const uint64_t plain_bytes = hashes.count() * sizeof(T);
    const uint64_t rice_bytes = RicePayloadBytes(hashes.values<T>());
    info->representation = Representation::kExact;
    info->coding = rice_bytes < plain_bytes ? PayloadCoding::kRice : PayloadCoding::kPlain;
    info->count = hashes.count();
    info->payload_bytes = std::min(rice_bytes, plain_bytes);
  });
}

void EncodeExact(const SortedHashes& hashes, const ImageInfo& info, uint8_t* payload) {
  WithElementOf(hashes.width(), [&]<class T>(T) {
    if (info.coding == PayloadCoding::kRice) {
      EncodeRice(hashes.values<T>(), payload, info.payload_bytes);
    } else {
      EncodePlain(hashes.values<T>(), payload);
    }
  });
}

absl::StatusOr<std::shared_ptr<const SortedHashes>> DecodeExact(const Image& image, Context& context) {
  return WithElementOf(image.info.stamp.width, [&]<class T>(T) { return Decode<T>(image, context); });
}

}  // namespace vesica
