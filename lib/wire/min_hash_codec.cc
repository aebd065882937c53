#include "wire/min_hash_codec.h"

#include <span>
#include <utility>
#include <vector>

#include "wire/rice.h"

namespace vesica {
namespace {

// The Rice parameters of the gaps, by the octave in which the gap begins: from one octave to the next cells are twice
// as wide, and gaps half as long.
class GapParameters {
 public:
  GapParameters(uint32_t threshold, uint64_t count, uint32_t mantissa_bits)
      : narrowest_(RiceParameter(CellEdge(threshold, mantissa_bits), count)), mantissa_bits_(mantissa_bits) {}

  uint32_t At(uint32_t cell) const {
    const uint32_t width_log2 = OctaveWidthLog2(CellOctave(cell, mantissa_bits_));
    return narrowest_ > width_log2 ? narrowest_ - width_log2 : 0;
  }

 private:
  uint32_t narrowest_;
  uint32_t mantissa_bits_;
};

GapParameters ParametersOf(const MinHash& sample) {
  return GapParameters(sample.threshold(), sample.cells().size(), sample.mantissa_bits());
}

}  // namespace

void DescribeMinHash(const MinHash& sample, ImageInfo* info) {
  const GapParameters parameters = ParametersOf(sample);
  uint64_t bits = 0;
  uint32_t next = 0;  // the first cell that may come
  for (const uint32_t cell : sample.cells()) {
    bits += RiceBits(cell - next, parameters.At(next));
    next = cell + 1;
  }
  info->representation = Representation::kMinHash;
  info->coding = PayloadCoding::kRice;
  info->count = sample.cells().size();
  info->exact_count = sample.exact_count();
  info->image_bytes = sample.size().image_bytes;
  info->threshold = sample.threshold();
  info->mantissa_bits = sample.mantissa_bits();
  info->payload_bytes = (bits + 7) / 8;
}

void EncodeMinHash(const MinHash& sample, uint8_t* payload) {
  const GapParameters parameters = ParametersOf(sample);
  BitWriter writer(payload);
  uint32_t next = 0;
  for (const uint32_t cell : sample.cells()) {
    writer.PutRice(cell - next, parameters.At(next));
    next = cell + 1;
  }
}

absl::StatusOr<MinHash> DecodeMinHash(const Image& image) {
  const ImageInfo& info = image.info;
  VESICA_ASSIGN_OR_RETURN(const MinHashSize size, MinHashSize::Of(info.image_bytes));
  const GapParameters parameters(info.threshold, info.count, info.mantissa_bits);
  BitReader reader(image.payload.data(), image.payload.size());
  std::vector<uint32_t> cells(info.count);
  uint32_t next = 0, octave_end = 0, k = 0;
  for (uint32_t& cell : cells) {
    if (next >= octave_end) {
      octave_end = (CellOctave(next, info.mantissa_bits) + 1) << info.mantissa_bits;
      k = parameters.At(next);
    }
    uint64_t gap;
    if (!reader.GetRice(k, &gap)) return Corrupt("the payload ends before its last cell");
    if (gap >= info.threshold - next) return Corrupt("a cell is not below the threshold");
    cell = next + static_cast<uint32_t>(gap);
    next = cell + 1;
  }
  if (!reader.AtEnd()) return Corrupt("the payload goes on after its last cell");
  return MinHash(size, info.threshold, std::move(cells), info.exact_count);
}

}  // namespace vesica
