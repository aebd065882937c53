#include <string>

#include "alignment/metrics/contacts.h"
#include "alignment/metrics/metrics.h"
#include "alignment/option_text.h"

namespace vesica {
namespace {

// "[0s,7d)", ..., "[90d,inf)", "never".
std::string BucketText(const std::vector<int64_t>& bounds, size_t bucket) {
  if (bucket > bounds.size()) return "never";
  const std::string from = DurationText(bucket == 0 ? 0 : bounds[bucket - 1]);
  return "[" + from + "," + (bucket == bounds.size() ? "inf" : DurationText(bounds[bucket])) + ")";
}

// Of a bucket against never.
Estimate CommonRatio(const Contacts::Strata& strata, size_t bucket) {
  std::vector<Stratum> pairs;
  for (const auto& [value, counts] : strata) pairs.push_back({counts[bucket].trials(), counts.back().trials()});
  return MantelHaenszelRatio(pairs);
}

absl::StatusOr<Table> Finish(const Fold& fold) {
  const auto& contacts = static_cast<const Contacts&>(fold);
  const StudyOptions& options = contacts.data().options;
  std::vector<ColumnSpec> columns = {{"company", ColumnType::kText}, {"bucket", ColumnType::kText}};
  for (ColumnSpec& column : RateColumns()) columns.push_back(std::move(column));
  const bool strata = !options.strata.empty();
  if (strata) columns.push_back({"mh_risk_ratio", ColumnType::kDouble, kWithInterval});
  TableBuilder to("recency", std::move(columns), RecencyMetric().table.description);
  auto strata_of = strata ? contacts.StrataByCompany() : std::map<uint64_t, Contacts::Strata>();
  for (const auto& [company, buckets] : contacts.RecencyByCompany()) {
    for (size_t bucket = 0; bucket < buckets.size(); ++bucket) {
      const bool never = bucket + 1 == buckets.size();
      to.Row().Text(contacts.data().CompanyName(company == 0 ? kNoId : static_cast<uint32_t>(company - 1)));
      to.Text(BucketText(options.recency_buckets, bucket));
      AppendRates(buckets[bucket], buckets.back(), never, &to);
      if (!strata) continue;
      to.Interval(never ? Estimate::Undefined() : CommonRatio(strata_of[company], bucket));
    }
  }
  return std::move(to).Finish();
}

}  // namespace

Metric RecencyMetric() {
  return {{"recency",
           "Responses to contacts of sales by the time since the person's last marketing exposure, against never. "
           "Contacts are taken as independent. The table compares; it does not prove cause"},
          MakeFolds<Contacts>,
          Finish,
          {{"company", "bucket"}, {{"company"}}, {"risk_", "mh_risk_ratio", "corrected"}, Base::kLast}};
}

}  // namespace vesica
