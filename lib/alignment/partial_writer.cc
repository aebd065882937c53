#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "alignment/partial.h"
#include "alignment/partial_archive.h"
#include "alignment/partial_frame.h"
#include "base/error.h"

namespace vesica {
namespace {

constexpr LabelKind kCountedKinds[] = {LabelKind::kCompany, LabelKind::kAccount, LabelKind::kReason, LabelKind::kSource,
                                       LabelKind::kCurrency};

// The labels of taken events, as far as they are of companies or dimensions, and of others those that something is
// counted for.
PartialLabels LabelsOf(const StudyData& data, const std::vector<Fold*>& folds) {
  PartialLabels labels(data.dimensions.size());
  for (LabelKind kind : kCountedKinds) labels.Of(kind).Resize(data.RankingOf(kind).size());
  for (uint32_t company = 0; company < data.companies.size(); ++company) {
    if (data.IsTakenCompany(company)) labels.Of(LabelKind::kCompany).Mark(company);
  }
  for (size_t k = 0; k < data.dimensions.size(); ++k) {
    LabelNumbers& values = labels.Of(LabelKind::kValue, k);
    values.Resize(data.dimensions[k].size());
    for (uint32_t value = 0; value < values.size(); ++value) {
      if (data.IsTakenValue(k, value)) values.Mark(value);
    }
  }
  PartialArchive marker(data, &labels);
  for (Fold* fold : folds) fold->Show(marker);
  for (LabelNumbers& list : labels.lists()) list.Number();
  return labels;
}

void WriteList(const Ranking& ranking, const LabelNumbers& numbers, ByteWriter* to) {
  uint64_t size = 0;
  for (uint32_t rank = 0; rank < ranking.size(); ++rank) size += numbers.IsMarked(rank);
  to->Number(size);
  for (uint32_t rank = 0; rank < ranking.size(); ++rank) {
    if (numbers.IsMarked(rank)) to->Text(ranking[rank]);
  }
}

void WriteTerms(const PartialTerms& terms, ByteWriter* to) {
  to->Text(terms.stamp.profile);
  to->Number(static_cast<uint64_t>(terms.stamp.family));
  to->Number(static_cast<uint64_t>(terms.stamp.width));
  to->Fixed64(terms.stamp.data_fingerprint);
  to->Fixed64(terms.stamp.secret_fingerprint);
  to->Fixed64(terms.account_fingerprint);
  to->Fixed64(terms.domain_fingerprint);
  to->Number(terms.options.size());
  for (const auto& [name, value] : terms.options) {
    to->Text(name);
    to->Text(value);
  }
}

void WriteQuality(const EventQuality& quality, ByteWriter* to) {
  const Quality& persons = quality.persons;
  for (uint64_t count : {quality.rows, quality.taken, persons.blank, persons.valid, persons.free_mail, persons.role}) {
    to->Number(count);
  }
  to->Number(persons.reasons.size());
  for (const Quality::InvalidRows& reason : persons.reasons) to->Number(reason.rows);
  to->Number(quality.problems.size());
  for (const Quality::InvalidRows& problem : quality.problems) to->Number(problem.rows);
}

absl::Status WriteAttributes(const StudyData& data, const LabelNumbers& companies, ByteWriter* to) {
  if (data.attributes.size() > kMostAttributes) {
    return MakeError(ErrorCode::kUnsupported, "a partial has at most 1000 attributes of companies");
  }
  LabelNumbers attributes, values;
  attributes.Resize(data.attributes.size());
  values.Resize(data.attribute_values.size());
  std::vector<std::array<uint32_t, 3>> tuples;
  for (uint32_t attribute = 0; attribute < data.attributes.size(); ++attribute) {
    attributes.Mark(attribute);
    for (uint32_t company = 0; company < data.companies.size(); ++company) {
      const uint32_t value = data.AttributeOf(attribute, company);
      if (value == kNoId) continue;
      values.Mark(value);
      tuples.push_back({attribute, company, value});
    }
  }
  attributes.Number();
  values.Number();
  WriteList(data.attributes, attributes, to);
  WriteList(data.attribute_values, values, to);
  to->Number(tuples.size());
  for (const auto& [attribute, company, value] : tuples) {
    to->Number(attributes.NumberOf(attribute));
    to->Number(companies.NumberOf(company));
    to->Number(values.NumberOf(value));
  }
  return absl::OkStatus();
}

void WriteLeftOut(const std::vector<LeftOutRows>& left_out, const LabelNumbers& companies, ByteWriter* to) {
  const auto any = [](const LeftOutRows& rows) { return rows.duplicates + rows.future > 0; };
  to->Number(static_cast<uint64_t>(std::count_if(left_out.begin(), left_out.end(), any)));
  for (uint32_t company = 0; company < left_out.size(); ++company) {
    if (!any(left_out[company])) continue;
    to->Number(companies.NumberOf(company));
    to->Number(left_out[company].duplicates);
    to->Number(left_out[company].future);
  }
}

}  // namespace

absl::StatusOr<std::string> WritePartial(const PartialTerms& terms, const HashRanges& ranges, const StudyData& data,
                                         StudyFolds* folds) {
  std::vector<Fold*> shown;
  for (size_t i = 0; i < kPartialSections; ++i) {
    if (Fold* fold = folds->Of(static_cast<PartialSection>(i))) shown.push_back(fold);
  }
  const PartialLabels labels = LabelsOf(data, shown);
  std::string image = OpenPartialFrame();
  ByteWriter to(&image);
  WriteTerms(terms, &to);
  to.Number(ranges.size());
  for (const HashRange& range : ranges) {
    to.Fixed64(range.first);
    to.Fixed64(range.last);
  }
  WriteQuality(data.quality, &to);
  for (LabelKind kind : kCountedKinds) WriteList(data.RankingOf(kind), labels.Of(kind), &to);
  to.Number(data.dimensions.size());
  for (size_t k = 0; k < data.dimensions.size(); ++k) {
    WriteList(data.dimensions[k], labels.Of(LabelKind::kValue, k), &to);
  }
  VESICA_RETURN_IF_ERROR(WriteAttributes(data, labels.Of(LabelKind::kCompany), &to));
  WriteLeftOut(folds->left_out(), labels.Of(LabelKind::kCompany), &to);
  to.Number(shown.size());
  for (Fold* fold : shown) {
    std::string section;
    PartialArchive archive(data, labels, &section);
    fold->Show(archive);
    to.Number(static_cast<uint64_t>(fold->section()));
    to.Text(section);
  }
  ClosePartialFrame(&image);
  return image;
}

}  // namespace vesica
