// The inner loops of RegionTable: one scalar version, and one compiled for each SIMD level and chosen at run time.
#include <bit>
#include <cstring>

#include "audience/region_table.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "audience/region_table_kernels.cc"
#include "hwy/foreach_target.h"
// foreach_target.h comes first.
#include "hwy/cache_control.h"
#include "hwy/highway.h"

#ifndef VESICA_REGION_TABLE_SHARED_
#define VESICA_REGION_TABLE_SHARED_
namespace vesica {

inline constexpr size_t kSlots = 8;  // of a bucket: one cache line of first words
inline constexpr uint64_t kSetsMask = 0xFF;

inline size_t BucketWords(ElementKind kind) { return kSlots * ElementWords(kind); }

// The bucket of a key `hash << 8`: the bits after those the partition fixes, scaled to the bucket count.
inline size_t BucketOf(const RegionTableView& table, uint64_t key) {
  const uint64_t free_bits = key << (table.partition_bits - 8);
  return static_cast<size_t>((static_cast<unsigned __int128>(free_bits) * table.buckets) >> 64);
}

}  // namespace vesica
#endif

HWY_BEFORE_NAMESPACE();
namespace vesica {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

// The slots of `bucket` that hold the key or are empty, as bits.
template <ElementKind kKind, class D, class V>
HWY_INLINE uint32_t UsableSlots(D d, const uint64_t* bucket, V key, V second) {
  uint32_t usable = 0;
  for (size_t i = 0; i < kSlots; i += hn::MaxLanes(d)) {
    const V slots = hn::Load(d, bucket + i);
    auto hit = hn::Eq(hn::And(slots, hn::Set(d, ~kSetsMask)), key);
    if constexpr (kKind == ElementKind::kHash128) {
      hit = hn::And(hit, hn::Eq(hn::Load(d, bucket + kSlots + i), second));
    }
    uint8_t bits[8];  // 1 is written to, but so many are asked for
    hn::StoreMaskBits(d, hn::Or(hit, hn::Eq(slots, hn::Zero(d))), bits);
    usable |= static_cast<uint32_t>(bits[0]) << i;
  }
  return usable;
}

// words[lane] = value[lane] for the lanes whose bits are set. The others are written back as they were: a single word
// stored into a line that is soon loaded whole makes that load wait, and an insert cost a quarter more.
template <class D, class V>
HWY_INLINE void StoreLanes(D d, uint8_t lanes, V value, uint64_t* words) {
  const uint8_t bits[8] = {lanes};
  hn::Store(hn::IfThenElse(hn::LoadMaskBits(d, bits), value, hn::Load(d, words)), d, words);
}

template <ElementKind kKind>
size_t InsertKind(const RegionTableView table, const uint64_t* elements, size_t count, uint64_t set_bit, RowPair* pairs,
                  size_t* pair_count) {
  const hn::CappedTag<uint64_t, kSlots> d;
  constexpr size_t kLanes = hn::MaxLanes(d);
  constexpr size_t kWords = kKind == ElementKind::kHash64 ? 1 : 2;
  constexpr size_t kBucketWords = kSlots * kWords;
  uint64_t* const end = table.words + table.buckets * kBucketWords;
  const auto set_bits = hn::Set(d, set_bit);
  size_t added = 0;
  size_t agreed = 0;
  for (size_t i = 0; i < count; ++i) {
    hwy::Prefetch(elements + i * kWords + 64);
    const uint64_t key = elements[i * kWords] << 8;
    const uint64_t second = kWords == 2 ? elements[i * kWords + 1] : 0;
    uint64_t* bucket = table.words + BucketOf(table, key) * kBucketWords;
    const auto keys = hn::Set(d, key);
    const auto seconds = hn::Set(d, second);
    uint32_t usable;
    while (HWY_UNLIKELY((usable = UsableSlots<kKind>(d, bucket, keys, seconds)) == 0)) {
      bucket += kBucketWords;
      if (bucket == end) bucket = table.words;
    }
    const size_t slot = static_cast<size_t>(std::countr_zero(usable));
    uint64_t* const words = bucket + slot / kLanes * kLanes;  // the vector with the slot
    const uint8_t lane = static_cast<uint8_t>(1u << slot % kLanes);
    const bool is_new = bucket[slot] == 0;
    added += is_new;
    StoreLanes(d, lane, hn::Or(hn::Load(d, words), hn::Or(keys, set_bits)), words);
    if constexpr (kKind == ElementKind::kHash128) StoreLanes(d, lane, seconds, words + kSlots);
    if constexpr (kKind == ElementKind::kHash64Row) {
      pairs[agreed] = {bucket[kSlots + slot], second};
      agreed += !is_new;
      StoreLanes(d, is_new ? lane : 0, seconds, words + kSlots);
    }
  }
  if (kKind == ElementKind::kHash64Row) *pair_count = agreed;
  return added;
}

size_t Insert(const RegionTableView& table, ElementKind kind, const uint64_t* elements, size_t count, uint64_t set_bit,
              RowPair* pairs, size_t* pair_count) {
  switch (kind) {
    case ElementKind::kHash64:
      return InsertKind<ElementKind::kHash64>(table, elements, count, set_bit, pairs, pair_count);
    case ElementKind::kHash128:
      return InsertKind<ElementKind::kHash128>(table, elements, count, set_bit, pairs, pair_count);
    case ElementKind::kHash64Row:
      return InsertKind<ElementKind::kHash64Row>(table, elements, count, set_bit, pairs, pair_count);
  }
  return 0;
}

// Up to 3 sets: compare every slot with each of the 3 or 7 regions.
template <int kRegions>
void CountFew(const RegionTableView& table, size_t bucket_words, uint64_t* counts) {
  const hn::CappedTag<uint64_t, kSlots> d;
  constexpr size_t kLanes = hn::MaxLanes(d);
  const auto sets_mask = hn::Set(d, kSetsMask);
  decltype(hn::Zero(d)) totals[kRegions];
  for (auto& total : totals) total = hn::Zero(d);
  const uint64_t* const end = table.words + table.buckets * bucket_words;
  for (const uint64_t* bucket = table.words; bucket != end; bucket += bucket_words) {
    for (size_t i = 0; i < kSlots; i += kLanes) {
      const auto sets = hn::And(hn::Load(d, bucket + i), sets_mask);
      for (int region = 0; region < kRegions; ++region) {
        // A true lane is all ones: -1.
        totals[region] =
            hn::Sub(totals[region], hn::VecFromMask(d, hn::Eq(sets, hn::Set(d, static_cast<uint64_t>(region) + 1))));
      }
    }
  }
  alignas(64) uint64_t lanes[kSlots];
  for (int region = 0; region < kRegions; ++region) {
    hn::Store(totals[region], d, lanes);
    for (size_t i = 0; i < kLanes; ++i) counts[region + 1] += lanes[i];
  }
}

void CountRegions(const RegionTableView& table, ElementKind kind, int sets, uint64_t* counts) {
  const size_t bucket_words = BucketWords(kind);
  if (sets <= 2) {
    uint64_t found[4] = {};
    CountFew<3>(table, bucket_words, found);
    for (int m = 1; m < 1 << sets; ++m) counts[m] += found[m];
  } else if (sets == 3) {
    CountFew<7>(table, bucket_words, counts);
  } else {
    CountScalar(table, kind, sets, counts);
  }
}

}  // namespace HWY_NAMESPACE
}  // namespace vesica
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace vesica {

HWY_EXPORT(Insert);
HWY_EXPORT(CountRegions);

size_t InsertSimd(const RegionTableView& table, ElementKind kind, const uint64_t* elements, size_t count,
                  uint64_t set_bit, RowPair* pairs, size_t* pair_count) {
  return HWY_DYNAMIC_DISPATCH(Insert)(table, kind, elements, count, set_bit, pairs, pair_count);
}

void CountSimd(const RegionTableView& table, ElementKind kind, int sets, uint64_t* counts) {
  HWY_DYNAMIC_DISPATCH(CountRegions)(table, kind, sets, counts);
}

size_t InsertScalar(const RegionTableView& table, ElementKind kind, const uint64_t* elements, size_t count,
                    uint64_t set_bit, RowPair* pairs, size_t* pair_count) {
  const size_t words = ElementWords(kind);
  size_t added = 0;
  size_t agreed = 0;
  for (size_t i = 0; i < count; ++i) {
    const uint64_t key = elements[i * words] << 8;
    const uint64_t second = words == 2 ? elements[i * words + 1] : 0;
    const size_t first_slot = BucketOf(table, key) * kSlots;
    for (size_t step = 0;; ++step) {
      const size_t at = (first_slot + step) % (table.buckets * kSlots);
      uint64_t* const slot = table.words + at / kSlots * BucketWords(kind) + at % kSlots;
      const bool empty = *slot == 0;
      const bool same = (*slot & ~kSetsMask) == key && (kind != ElementKind::kHash128 || slot[kSlots] == second);
      if (!empty && !same) continue;
      if (kind == ElementKind::kHash64Row && !empty) pairs[agreed++] = {slot[kSlots], second};
      if (words == 2 && empty) slot[kSlots] = second;
      *slot |= key | set_bit;
      added += empty;
      break;
    }
  }
  if (kind == ElementKind::kHash64Row) *pair_count = agreed;
  return added;
}

// A byte histogram; four of them, as neighbouring slots often share a value and would wait for each other.
void CountScalar(const RegionTableView& table, ElementKind kind, int sets, uint64_t* counts) {
  constexpr size_t kHistograms = 4;
  uint32_t histograms[kHistograms][kSetsMask + 1] = {};
  const size_t bucket_words = BucketWords(kind);
  for (size_t bucket = 0; bucket < table.buckets; ++bucket) {
    const uint64_t* slots = table.words + bucket * bucket_words;
    for (size_t i = 0; i < kSlots; ++i) ++histograms[i % kHistograms][slots[i] & kSetsMask];
  }
  for (int m = 1; m < 1 << sets; ++m) {
    for (const auto& histogram : histograms) counts[m] += histogram[m];
  }
}

}  // namespace vesica
#endif  // HWY_ONCE
