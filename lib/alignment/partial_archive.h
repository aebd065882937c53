#ifndef VESICA_LIB_ALIGNMENT_PARTIAL_ARCHIVE_H_
#define VESICA_LIB_ALIGNMENT_PARTIAL_ARCHIVE_H_

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "alignment/partial_bytes.h"
#include "alignment/study_data.h"

namespace vesica {

// What a fold shows its counts to. The one function by which a fold does so writes them, reads them, and finds out
// which labels they name; PARTIAL.md is what it comes to in bytes. Entries are written in the order of their keys, so
// that the same counts are the same bytes; a reader takes no other order, and nothing that a writer would not write.
//
// Whatever is read is checked where it is read. After the first failure all reads give zeros: loops end by themselves,
// as they have nothing to read, and the status says what was wrong.
class PartialArchive {
 public:
  using SegmentTuple = std::array<uint32_t, kMaxDimensions>;  // values of the study's dimensions, in their order

  // What is counted is worth no more: no sum of it, over whatever is loaded, overflows.
  static constexpr uint64_t kMostOfAll = uint64_t{1} << 56;
  // Of the years 0 to 10,000: whatever is read as a time, in whatever zone, is within.
  static constexpr int64_t kMostTime = int64_t{10'000} * 366 * kDay;

  // Marks the labels that are shown to it.
  PartialArchive(const StudyData& data, PartialLabels* labels) : PartialArchive(data, Mode::kMark, *labels, labels) {}
  // Writes, once all labels were marked.
  PartialArchive(const StudyData& data, const PartialLabels& labels, std::string* out)
      : PartialArchive(data, Mode::kWrite, labels, nullptr) {
    writer_.emplace(out);
  }
  // Reads the counts of `part` of the study's labels and marks those it meets, by their numbers in the image.
  PartialArchive(const StudyData& data, uint32_t part, PartialLabels* labels, std::span<const uint8_t> bytes)
      : PartialArchive(data, Mode::kRead, *labels, labels) {
    part_ = part;
    reader_.emplace(bytes);
  }

  bool reading() const { return mode_ == Mode::kRead; }
  bool ok() const { return !reading() || reader_->ok(); }
  // OK only if all bytes were read.
  absl::Status Finish() const { return reading() ? reader_->Finish() : absl::OkStatus(); }

  // Corrupt unless it holds; for what is read.
  void Require(bool holds) {
    if (reading()) reader_->Require(holds);
  }

  template <class Integer>
  void Number(Integer* value, uint64_t most) {
    if (mode_ == Mode::kRead) *value = static_cast<Integer>(reader_->Number(most));
    if (mode_ == Mode::kWrite) writer_->Number(static_cast<uint64_t>(*value));
  }
  void Flag(bool* value) { Number(value, 1); }
  // Rows or people.
  void Count(uint64_t* value);
  void Signed(int64_t* value, int64_t most);  // from -most to most
  void Time(int64_t* value);                  // kNoTime: none
  void Hash(uint64_t* value);
  // Durations from 0 to `most`, in any order.
  void Durations(std::vector<int64_t>* values, int64_t most);

  void Company(uint32_t* rank) { Label(LabelKind::kCompany, 0, false, rank); }
  void Account(uint32_t* rank) { Label(LabelKind::kAccount, 0, false, rank); }
  // These may be kNoId.
  void Reason(uint32_t* rank) { Label(LabelKind::kReason, 0, true, rank); }
  void Source(uint32_t* rank) { Label(LabelKind::kSource, 0, true, rank); }
  void Currency(uint32_t* rank) { Label(LabelKind::kCurrency, 0, true, rank); }
  // A value of dimension `index`. There is none where that is kNoId.
  void Value(uint32_t index, uint32_t* rank);
  void Segment(SegmentTuple* tuple);

  // The entries of a map, whatever its order; each is shown by fields(key, value). What is read is added up with what
  // is there.
  template <class Map, class Fields>
  void Entries(Map* map, const Fields& fields);

  // Rows that are sorted by `before`, without equals, each shown by fields(row). What is read goes behind what is
  // there.
  template <class Row, class Before, class Fields>
  void Rows(std::vector<Row>* rows, const Before& before, const Fields& fields);

  // Counts by company, of which those that are nothing are left out; each is shown by fields(counts).
  template <class Counts, class Fields>
  void ByCompany(std::vector<Counts>* companies, const Fields& fields);
  void ByCompany(std::vector<uint64_t>* companies) {
    ByCompany(companies, [this](uint64_t& count) { Count(&count); });
  }

  uint64_t counted() const { return counted_; }  // the sum of all counts

 private:
  enum class Mode : uint8_t { kMark, kWrite, kRead };
  PartialArchive(const StudyData& data, Mode mode, const PartialLabels& labels, PartialLabels* marks)
      : data_(data), mode_(mode), labels_(labels), marks_(marks) {}

  void Label(LabelKind kind, size_t dimension, bool may_lack, uint32_t* rank);

  const StudyData& data_;
  const Mode mode_;
  const PartialLabels& labels_;
  PartialLabels* const marks_;
  uint32_t part_ = 0;
  std::optional<ByteWriter> writer_;
  std::optional<ByteReader> reader_;
  uint64_t counted_ = 0;
};

template <class Map, class Fields>
void PartialArchive::Entries(Map* map, const Fields& fields) {
  uint64_t size = map->size();
  Number(&size, UINT64_MAX);
  if (!reading()) {
    std::vector<typename Map::value_type*> entries;
    for (auto& entry : *map) entries.push_back(&entry);
    const auto by_key = [](const auto* a, const auto* b) { return a->first < b->first; };
    if (mode_ == Mode::kWrite) std::sort(entries.begin(), entries.end(), by_key);
    for (auto* entry : entries) {
      auto key = entry->first;
      fields(key, entry->second);
    }
    return;
  }
  typename Map::key_type last{};
  for (uint64_t i = 0; i < size && ok(); ++i) {
    typename Map::key_type key{};
    typename Map::mapped_type value{};
    fields(key, value);
    Require(i == 0 || last < key);
    if (!ok()) return;
    (*map)[key] += value;
    last = key;
  }
}

template <class Row, class Before, class Fields>
void PartialArchive::Rows(std::vector<Row>* rows, const Before& before, const Fields& fields) {
  uint64_t size = rows->size();
  Number(&size, UINT64_MAX);
  if (!reading()) {
    for (Row& row : *rows) fields(row);
    return;
  }
  for (uint64_t i = 0; i < size && ok(); ++i) {
    Row row{};
    fields(row);
    Require(i == 0 || before(rows->back(), row));
    if (ok()) rows->push_back(row);
  }
}

template <class Counts, class Fields>
void PartialArchive::ByCompany(std::vector<Counts>* companies, const Fields& fields) {
  std::map<uint32_t, Counts> some;
  for (uint32_t i = 0; !reading() && i < companies->size(); ++i) {
    if ((*companies)[i] != Counts{}) some.emplace(i, (*companies)[i]);
  }
  Entries(&some, [&](uint32_t& company, Counts& counts) {
    Company(&company);
    fields(counts);
    Require(counts != Counts{});
  });
  for (const auto& [company, counts] : some) {
    if (reading()) (*companies)[company] += counts;
  }
}

}  // namespace vesica

#endif  // VESICA_LIB_ALIGNMENT_PARTIAL_ARCHIVE_H_
