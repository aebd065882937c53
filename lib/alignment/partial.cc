#include "alignment/partial.h"

#include <algorithm>
#include <cstring>
#include <iterator>

#include "alignment/partial_archive.h"
#include "alignment/partial_frame.h"
#include "base/error.h"

namespace vesica {
namespace {

constexpr uint64_t kMostText = 65'536;  // of names; labels may be longer
constexpr uint64_t kMostRanges = 65'536;
constexpr uint64_t kMostOptions = 1'000;

absl::Status Corrupt(std::string_view what) { return MakeError(ErrorCode::kCorrupt, what); }
absl::Status TooNew(std::string_view what) { return MakeError(ErrorCode::kTooNew, what); }

bool IsOptionName(std::string_view name) {
  return !name.empty() &&
         std::all_of(name.begin(), name.end(), [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
}

bool IsGraphic(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c <= '~'; });
}

// A list in byte order, each label once, so that numbers are ranks.
void ReadLabels(ByteReader* reader, Interner* labels) {
  const uint64_t size = reader->Number(kNoId - 1);
  std::string_view last;
  for (uint64_t i = 0; i < size && reader->ok(); ++i) {
    const std::string_view label = reader->Text(UINT64_MAX);
    reader->Require(i == 0 || last < label);
    if (reader->ok()) labels->Intern(label);
    last = label;
  }
}

// Counts of as many reasons as its writer knew.
template <size_t kSize>
absl::Status ReadReasons(ByteReader* reader, std::array<Quality::InvalidRows, kSize>* reasons) {
  const uint64_t size = reader->Number(UINT32_MAX);
  if (size > kSize) return TooNew("the partial left out rows for reasons that this library does not know");
  for (uint64_t i = 0; i < size; ++i) (*reasons)[i].rows = reader->Number(PartialArchive::kMostOfAll / kSize);
  return absl::OkStatus();
}

template <size_t kSize>
uint64_t SumOf(const std::array<Quality::InvalidRows, kSize>& reasons, size_t first = kSize) {
  uint64_t sum = 0;
  for (size_t i = 0; i < std::min(first, kSize); ++i) sum += reasons[i].rows;
  return sum;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Partial>> Partial::Parse(std::span<const uint8_t> image) {
  VESICA_ASSIGN_OR_RETURN(const std::span<const uint8_t> payload, PartialPayload(image));
  std::unique_ptr<Partial> partial(new Partial(payload));
  VESICA_RETURN_IF_ERROR(partial->ParseAll());
  return partial;
}

absl::Status Partial::ParseAll() {
  ByteReader reader(bytes_);
  VESICA_RETURN_IF_ERROR(ParseTerms(&reader));
  ParseRanges(&reader);
  VESICA_RETURN_IF_ERROR(ParseQuality(&reader));
  ParseLabels(&reader);
  ParseAttributes(&reader);
  ParseLeftOut(&reader);
  VESICA_RETURN_IF_ERROR(ParseSections(&reader));
  return reader.Finish();
}

absl::Status Partial::ParseTerms(ByteReader* reader) {
  terms_.stamp.profile = reader->Text(kMostText);
  reader->Require(IsGraphic(terms_.stamp.profile));
  const uint64_t family = reader->Number(UINT8_MAX), width = reader->Number(UINT8_MAX);
  terms_.stamp.data_fingerprint = reader->Fixed64();
  terms_.stamp.secret_fingerprint = reader->Fixed64();
  terms_.account_fingerprint = reader->Fixed64();
  terms_.domain_fingerprint = reader->Fixed64();
  if (!reader->ok()) return reader->Finish();
  if (family < 1 || family > 2 || (width != 64 && width != 128)) {
    return TooNew("the partial has a hash that this library does not know");
  }
  terms_.stamp.family = static_cast<HashFamily>(family);
  terms_.stamp.width = static_cast<HashWidth>(width);
  reader->Require(terms_.stamp.family == HashFamily::kBlake2b || terms_.stamp.secret_fingerprint == 0);
  const uint64_t options = reader->Number(kMostOptions);
  for (uint64_t i = 0; i < options && reader->ok(); ++i) {
    const std::string_view name = reader->Text(kMostText);
    terms_.options.emplace_back(name, reader->Text(UINT64_MAX));
    reader->Require(IsOptionName(name));
    for (uint64_t k = 0; k < i; ++k) reader->Require(terms_.options[k].first != name);
  }
  return absl::OkStatus();
}

void Partial::ParseRanges(ByteReader* reader) {
  const uint64_t size = reader->Number(kMostRanges);
  reader->Require(size > 0);
  for (uint64_t i = 0; i < size && reader->ok(); ++i) {
    const HashRange range{reader->Fixed64(), reader->Fixed64()};
    reader->Require(range.first <= range.last);
    // Between two ranges there is a hash of neither.
    reader->Require(i == 0 || (range.first > ranges_.back().last && range.first - 1 > ranges_.back().last));
    ranges_.push_back(range);
  }
}

absl::Status Partial::ParseQuality(ByteReader* reader) {
  constexpr uint64_t kMostRows = PartialArchive::kMostOfAll / 64;
  Quality& persons = quality_.persons;
  persons.rows = quality_.rows = reader->Number(kMostRows);
  quality_.taken = reader->Number(quality_.rows);
  persons.blank = reader->Number(quality_.rows);
  persons.valid = reader->Number(quality_.rows - persons.blank);
  persons.free_mail = reader->Number(persons.valid);
  persons.role = reader->Number(persons.valid);
  VESICA_RETURN_IF_ERROR(ReadReasons(reader, &persons.reasons));
  VESICA_RETURN_IF_ERROR(ReadReasons(reader, &quality_.problems));
  // A row is left out for the first reason there is; the reasons from kInvalidTime on leave none out.
  const uint64_t left_out = SumOf(quality_.problems, static_cast<size_t>(RowProblem::kInvalidTime));
  reader->Require(left_out == quality_.rows - quality_.taken && SumOf(persons.reasons) == persons.invalid());
  return absl::OkStatus();
}

void Partial::ParseLabels(ByteReader* reader) {
  for (Interner* labels : {&labels_.companies, &accounts_, &labels_.reasons, &labels_.sources, &labels_.currencies}) {
    ReadLabels(reader, labels);
  }
  labels_.dimensions.resize(reader->Number(kMaxDimensions));
  for (Interner& values : labels_.dimensions) ReadLabels(reader, &values);
}

void Partial::ParseAttributes(ByteReader* reader) {
  ReadLabels(reader, &labels_.attributes);
  ReadLabels(reader, &labels_.attribute_values);
  reader->Require(labels_.attributes.size() <= kMostAttributes);
  const uint64_t size = reader->Number(UINT64_MAX);
  std::array<uint32_t, 2> last{};
  std::vector<bool> used(labels_.attribute_values.size());
  for (uint64_t i = 0; i < size && reader->ok(); ++i) {
    const auto below = [&](const Interner& labels) {
      const auto id = static_cast<uint32_t>(reader->Number(kNoId));
      reader->Require(id < labels.size());
      return id;
    };
    const uint32_t attribute = below(labels_.attributes), company = below(labels_.companies);
    const std::array<uint32_t, 3> tuple = {attribute, company, below(labels_.attribute_values)};
    const std::array<uint32_t, 2> key = {attribute, company};
    reader->Require(i == 0 || last < key);
    last = key;
    if (!reader->ok()) return;
    used[tuple[2]] = true;
    labels_.company_attributes.Intern({reinterpret_cast<const char*>(tuple.data()), sizeof(tuple)});
  }
  reader->Require(std::find(used.begin(), used.end(), false) == used.end());
}

void Partial::ParseLeftOut(ByteReader* reader) {
  const uint64_t size = reader->Number(UINT64_MAX);
  uint64_t sum = 0;
  for (uint64_t i = 0; i < size && reader->ok(); ++i) {
    LeftOutOf of{};
    of.company = static_cast<uint32_t>(reader->Number(kNoId));
    of.rows.duplicates = reader->Number(quality_.taken);
    of.rows.future = reader->Number(quality_.taken);
    sum += of.rows.duplicates + of.rows.future;
    reader->Require(of.company < labels_.companies.size() && of.rows.duplicates + of.rows.future > 0);
    reader->Require(sum <= quality_.taken && (i == 0 || left_out_.back().company < of.company));
    left_out_.push_back(of);
  }
}

absl::Status Partial::ParseSections(ByteReader* reader) {
  const uint64_t size = reader->Number(UINT32_MAX);
  uint64_t next = 0;
  for (uint64_t i = 0; i < size && reader->ok(); ++i) {
    const uint64_t section = reader->Number(UINT32_MAX);
    reader->Require(section >= next);
    next = section + 1;
    if (reader->ok() && section >= kPartialSections) {
      return TooNew("the partial counts what this library does not know");
    }
    const std::span<const uint8_t> bytes = reader->Bytes(reader->Number(UINT64_MAX));
    if (reader->ok()) sections_[section] = bytes;
  }
  reader->Require(sections_[static_cast<size_t>(PartialSection::kQuality)].has_value());
  return absl::OkStatus();
}

PartialLabels Partial::NewMarks() const {
  PartialLabels marks(labels_.dimensions.size());
  marks.Of(LabelKind::kCompany).Resize(labels_.companies.size());
  marks.Of(LabelKind::kAccount).Resize(accounts_.size());
  marks.Of(LabelKind::kReason).Resize(labels_.reasons.size());
  marks.Of(LabelKind::kSource).Resize(labels_.sources.size());
  marks.Of(LabelKind::kCurrency).Resize(labels_.currencies.size());
  for (size_t k = 0; k < labels_.dimensions.size(); ++k) {
    marks.Of(LabelKind::kValue, k).Resize(labels_.dimensions[k].size());
  }
  return marks;
}

absl::Status Partial::AddTo(const StudyData& data, uint32_t part, StudyFolds* folds) const {
  PartialLabels marks = NewMarks();
  for (size_t i = 0; i < kPartialSections; ++i) {
    const auto section = static_cast<PartialSection>(i);
    Fold* fold = folds->Of(section);
    if (fold == nullptr) continue;
    if (!sections_[i].has_value()) {
      return InvalidArgument("a partial that was loaded was not saved for the table '" + folds->TableOf(section) + "'");
    }
    PartialArchive archive(data, part, &marks, *sections_[i]);
    fold->Show(archive);
    VESICA_RETURN_IF_ERROR(archive.Finish());
  }
  for (const LeftOutOf& of : left_out_) {
    LeftOutRows& rows = folds->left_out()[data.companies.Of(part, of.company)];
    rows.duplicates += of.rows.duplicates;
    rows.future += of.rows.future;
  }
  return absl::OkStatus();
}

absl::Status Partial::Check(const StudyData& data, StudyFolds* folds) {
  PartialLabels marks = NewMarks();
  uint64_t counted = quality_.rows;
  for (size_t i = 0; i < kPartialSections; ++i) {
    if (!sections_[i].has_value()) continue;
    PartialArchive archive(data, 0, &marks, *sections_[i]);
    folds->Of(static_cast<PartialSection>(i))->Show(archive);
    VESICA_RETURN_IF_ERROR(archive.Finish());
    counted += archive.counted();
  }
  for (LabelKind kind : {LabelKind::kAccount, LabelKind::kReason, LabelKind::kSource, LabelKind::kCurrency}) {
    if (!marks.Of(kind).AllMarked()) return Corrupt("the partial has labels that nothing is counted for");
  }
  if (counted > PartialArchive::kMostOfAll) return Corrupt("the partial counts more than there can be");
  counted_ = counted;
  return absl::OkStatus();
}

uint64_t Partial::held_bytes() const {
  return sizeof(*this) + bytes_.capacity() + labels_.held_bytes() + accounts_.held_bytes() +
         left_out_.capacity() * sizeof(LeftOutOf) + ranges_.capacity() * sizeof(HashRange);
}

}  // namespace vesica
