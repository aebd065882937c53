#include <array>

#include "alignment/metrics/contacts.h"
#include "alignment/metrics/metrics.h"

namespace vesica {
namespace {

constexpr std::array<const char*, kMixes> kNames = {"none", "brand", "demand", "both", "marketing"};

// How much more both together do than each alone would lead one to expect: (both / demand) / (brand / none).
void AppendInteraction(const std::vector<Contacts::Counts>& mixes, TableBuilder* to) {
  auto trials = [&](Mix mix) { return mixes[static_cast<size_t>(mix)].trials(); };
  bool corrected = false;
  const Estimate ratio =
      RatioOfRatios(trials(Mix::kBoth), trials(Mix::kDemand), trials(Mix::kBrand), trials(Mix::kNone), &corrected);
  to->Null().Null().Null().Interval(Estimate::Undefined());
  to->Interval(ratio).Interval(Estimate::Undefined()).Bool(corrected);
}

absl::StatusOr<Table> Finish(const Fold& fold) {
  const auto& contacts = static_cast<const Contacts&>(fold);
  std::vector<ColumnSpec> columns = {{"company", ColumnType::kText}, {"mix", ColumnType::kText}};
  for (ColumnSpec& column : RateColumns()) columns.push_back(std::move(column));
  TableBuilder to("mix", std::move(columns), MixMetric().table.description);
  for (const auto& [company, mixes] : contacts.MixByCompany()) {
    const auto name = contacts.data().CompanyName(company == 0 ? kNoId : static_cast<uint32_t>(company - 1));
    for (size_t mix = 0; mix < kMixes; ++mix) {
      to.Row().Text(name).Text(kNames[mix]);
      AppendRates(mixes[mix], mixes.front(), mix == 0, &to);
    }
    to.Row().Text(name).Text("interaction");
    AppendInteraction(mixes, &to);
  }
  return std::move(to).Finish();
}

}  // namespace

Metric MixMetric() {
  return {{"mix",
           "Responses to contacts of sales by what marketing showed the person within the exposure window before: "
           "nothing, brand, demand or both, or exposures of no such kind. Contacts are taken as independent. The table "
           "compares; it does not prove cause"},
          MakeFolds<Contacts>,
          Finish,
          {{"company", "mix"}, {{"company"}}, {"risk_", "corrected"}, Base::kFirst}};
}

}  // namespace vesica
