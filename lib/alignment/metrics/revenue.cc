#include <algorithm>
#include <compare>
#include <map>
#include <memory>
#include <tuple>
#include <utility>
#include <vector>

#include "alignment/engine.h"
#include "alignment/hash_pair.h"
#include "alignment/intervals.h"
#include "alignment/metrics/company_key.h"
#include "alignment/metrics/metrics.h"
#include "alignment/record_log.h"
#include "base/error.h"

namespace vesica {
namespace {

using Sum = __int128;  // of amounts: no number of deals overflows it

// A deal event of one of the deal's people.
struct DealEvent {
  uint64_t deal;
  int64_t time;
  int64_t first_exposure;  // of the person by marketing; kNoTime: none
  int64_t amount;
  uint32_t company, currency;
  uint8_t state;  // DealState
  uint8_t has_amount;
  uint8_t exposed_by_day;  // the first exposure is a day: before every moment of it
  uint8_t zeros[5];
};

// What a deal was said to be at one time. The last of several counts; of those of one time the greatest.
struct DealWord {
  int64_t time = kNoTime;
  uint8_t state = 0;  // DealState
  bool has_amount = false;
  int64_t amount = 0;
  uint32_t currency = kNoId;
  friend auto operator<=>(const DealWord&, const DealWord&) = default;
};

constexpr int64_t kNever = INT64_MAX;

// A deal, of all its events that were met.
struct Deal {
  uint32_t company = 0;
  uint64_t deal = 0;
  int64_t first = kNever;    // event
  int64_t opened = kNever;   // first
  int64_t exposed = kNever;  // by marketing, the first of its people
  bool exposed_by_day = false;
  DealWord last;
  DealWord priced;  // the last with an amount, if one has

  static Deal Of(const DealEvent& event) {
    Deal deal;
    deal.company = event.company;
    deal.deal = event.deal;
    deal.first = event.time;
    if (static_cast<DealState>(event.state) == DealState::kOpen) deal.opened = event.time;
    if (event.first_exposure != kNoTime) {
      deal.exposed = event.first_exposure;
      deal.exposed_by_day = event.exposed_by_day != 0;
    }
    deal.last = {event.time, event.state, event.has_amount != 0, event.amount, event.currency};
    if (deal.last.has_amount) deal.priced = deal.last;
    return deal;
  }

  // Adds other events of the same deal.
  void operator+=(const Deal& other) {
    first = std::min(first, other.first);
    opened = std::min(opened, other.opened);
    if (other.exposed == exposed) exposed_by_day = exposed_by_day || other.exposed_by_day;
    if (other.exposed < exposed) exposed_by_day = other.exposed_by_day;
    exposed = std::min(exposed, other.exposed);
    last = std::max(last, other.last);
    priced = std::max(priced, other.priced);
  }

  // Whether one of its people was exposed before it was opened, else before its first event. A day comes before every
  // moment of it.
  bool is_primed() const {
    const int64_t start = opened != kNever ? opened : first;
    return exposed != kNever && (exposed < start || (exposed == start && exposed_by_day));
  }
};

bool Before(const Deal& a, const Deal& b) { return std::tie(a.company, a.deal) < std::tie(b.company, b.deal); }

// Sums the deals, which are in any order, each to one.
std::vector<Deal> Joined(std::vector<Deal> deals) {
  std::sort(deals.begin(), deals.end(), Before);
  size_t kept = 0;
  for (const Deal& deal : deals) {
    if (kept > 0 && !Before(deals[kept - 1], deal)) {
      deals[kept - 1] += deal;
    } else {
      deals[kept++] = deal;
    }
  }
  deals.resize(kept);
  return deals;
}

struct Counts {
  uint64_t won = 0, lost = 0, primed_won = 0, primed_lost = 0;
  Sum won_amount = 0, primed_amount = 0;
  void operator+=(const Counts& other) {
    won += other.won;
    lost += other.lost;
    primed_won += other.primed_won;
    primed_lost += other.primed_lost;
    won_amount += other.won_amount;
    primed_amount += other.primed_amount;
  }
};
using Rows = std::map<std::pair<CompanyKey, uint32_t>, Counts>;  // by company and currency

// Closed deals, each once: the first fold emits the deal events of everybody, the second sees each deal whole.
class RevenueFold : public Fold {
 public:
  using Log = RecordLog<DealEvent>;
  RevenueFold(const FoldScope& scope, std::shared_ptr<Log> log)
      : Fold(scope), log_(std::move(log)), no_time_(scope.data->companies.size()) {}

  absl::Status Visit(const Timeline& timeline) override {
    const Event* exposure = nullptr;
    for (const Event& event : timeline.events) {
      if (exposure == nullptr && event.has_time() && IsMarketingExposure(event)) exposure = &event;
    }
    for (const Event& event : timeline.events) {
      if (event.kind != EventKind::kDeal) continue;
      if (!event.has_time()) {
        ++no_time_[event.company];
        continue;
      }
      const EventDetails& details = data().DetailsOf(event);
      const DealEvent record{.deal = details.deal,
                             .time = event.time,
                             .first_exposure = exposure == nullptr ? kNoTime : exposure->time,
                             .amount = details.amount,
                             .company = event.company,
                             .currency = details.currency,
                             .state = static_cast<uint8_t>(event.deal_state),
                             .has_amount = static_cast<uint8_t>(details.has_amount),
                             .exposed_by_day = exposure != nullptr && exposure->date_only(),
                             .zeros = {}};
      VESICA_RETURN_IF_ERROR(log_->Append(scope().worker, HashPair(details.deal, event.company), record));
    }
    return absl::OkStatus();
  }

  absl::Status Merge(const Fold& other) override {  // they share the log
    for (size_t i = 0; i < no_time_.size(); ++i) no_time_[i] += static_cast<const RevenueFold&>(other).no_time_[i];
    return absl::OkStatus();
  }

  absl::Status Complete(double progress_end) override {
    std::vector<std::vector<Deal>> parts(scope().context->threads());
    VESICA_RETURN_IF_ERROR(ForEachPartition(*log_, *scope().context, progress_end,
                                            [&](uint32_t worker, std::span<DealEvent> events) -> absl::Status {
                                              std::vector<Deal> deals;
                                              for (const DealEvent& event : events) deals.push_back(Deal::Of(event));
                                              deals = Joined(std::move(deals));
                                              parts[worker].insert(parts[worker].end(), deals.begin(), deals.end());
                                              return absl::OkStatus();
                                            }));
    for (const auto& part : parts) deals_.insert(deals_.end(), part.begin(), part.end());
    deals_ = Joined(std::move(deals_));
    return absl::OkStatus();
  }

  uint64_t held_bytes() const override {
    return no_time_.capacity() * sizeof(uint64_t) + deals_.capacity() * sizeof(Deal);
  }

  PartialSection section() const override { return PartialSection::kRevenue; }
  void Show(PartialArchive& archive) override {
    const auto show_time = [&](int64_t* time) {  // that may be never
      int64_t shown = *time == kNever ? kNoTime : *time;
      archive.Time(&shown);
      *time = shown == kNoTime ? kNever : shown;
    };
    const auto show_word = [&](DealWord* word) {
      archive.Time(&word->time);
      archive.Number(&word->state, static_cast<uint64_t>(DealState::kLost));
      archive.Flag(&word->has_amount);
      archive.Signed(&word->amount, kMaxAmount);
      archive.Currency(&word->currency);
      archive.Require(word->time != kNoTime && word->state > 0 && (word->has_amount || word->amount == 0));
    };
    archive.Rows(&deals_, Before, [&](Deal& deal) {
      archive.Company(&deal.company);
      archive.Hash(&deal.deal);
      show_time(&deal.first);
      show_time(&deal.opened);
      show_time(&deal.exposed);
      archive.Flag(&deal.exposed_by_day);
      show_word(&deal.last);
      bool is_priced = deal.priced.has_amount;
      archive.Flag(&is_priced);
      if (is_priced) show_word(&deal.priced);
      archive.Require(deal.first <= deal.last.time && deal.first <= deal.opened &&
                      (deal.exposed != kNever || !deal.exposed_by_day) && deal.priced.has_amount == is_priced &&
                      deal.priced <= deal.last && (is_priced || !deal.last.has_amount));
    });
    archive.ByCompany(&no_time_);
  }

  void AppendLeftOut(std::vector<LeftOut>* rows) const override {
    for (uint32_t company = 0; company < no_time_.size(); ++company) {
      rows->push_back({"revenue", "no_time", company, no_time_[company]});
    }
  }

  // Closed deals, by company and currency. The state of a deal is what was said last, its amount the last there is.
  Rows Closed() const {
    Rows rows;
    for (const Deal& deal : deals_) {
      const auto state = static_cast<DealState>(deal.last.state);
      if (state == DealState::kOpen) continue;
      const DealWord& priced = deal.priced.has_amount ? deal.priced : deal.last;
      const bool won = state == DealState::kWon, primed = deal.is_primed();
      const Sum amount = won ? Sum{priced.amount} : Sum{0};
      Counts counts{.won = won, .lost = !won, .primed_won = won && primed, .primed_lost = !won && primed};
      counts.won_amount = amount;
      counts.primed_amount = primed ? amount : Sum{0};
      ForEachCompanyKey(data(), deal.company, [&](CompanyKey company) { rows[{company, priced.currency}] += counts; });
    }
    return rows;
  }

 private:
  const std::shared_ptr<Log> log_;
  std::vector<uint64_t> no_time_;  // by company
  std::vector<Deal> deals_;        // until Complete() those that were read
};

// Null where a table cannot hold it.
std::optional<int64_t> AmountCell(Sum amount) {
  if (amount > kMaxAmount || amount < -kMaxAmount) return std::nullopt;
  return static_cast<int64_t>(amount);
}

absl::StatusOr<Table> Finish(const Fold& fold) {
  const auto& revenue = static_cast<const RevenueFold&>(fold);
  TableBuilder to("revenue",
                  {{"company", ColumnType::kText},
                   {"currency", ColumnType::kText},
                   {"won", ColumnType::kUint64},
                   {"lost", ColumnType::kUint64},
                   {"won_amount", ColumnType::kAmount},
                   {"primed_won", ColumnType::kUint64},
                   {"primed_lost", ColumnType::kUint64},
                   {"primed_amount", ColumnType::kAmount},
                   {"primed_share", ColumnType::kDouble},
                   {"primed_amount_share", ColumnType::kDouble},
                   {"win_rate_primed", ColumnType::kDouble, kWithInterval},
                   {"win_rate_not", ColumnType::kDouble, kWithInterval}},
                  RevenueMetric().table.description);
  for (const auto& [key, c] : revenue.Closed()) {
    to.Row().Text(CompanyCell(fold.data(), key.first));
    key.second == kNoId ? to.Null() : to.Text(fold.data().currencies[key.second]);
    to.Uint64(c.won).Uint64(c.lost).Amount(AmountCell(c.won_amount)).Uint64(c.primed_won).Uint64(c.primed_lost);
    to.Amount(AmountCell(c.primed_amount)).Ratio(c.primed_won, c.won);
    if (c.won_amount > 0) {
      to.Double(static_cast<double>(c.primed_amount) / static_cast<double>(c.won_amount));
    } else {
      to.Null();
    }
    to.Interval(WilsonShare({c.primed_won, c.primed_won + c.primed_lost}));
    to.Interval(WilsonShare({c.won - c.primed_won, c.won + c.lost - c.primed_won - c.primed_lost}));
  }
  return std::move(to).Finish();
}

}  // namespace

Metric RevenueMetric() {
  return {{"revenue",
           "Deals won and lost, each once, and those of which marketing reached somebody before they were opened. The "
           "table compares; it does not prove cause"},
          MakeFoldsWithLog<RevenueFold>,
          Finish,
          {{"company", "currency"}, {{"company"}}}};
}

}  // namespace vesica
