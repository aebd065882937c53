#include <algorithm>
#include <map>
#include <memory>
#include <tuple>
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

auto Order(const DealEvent& e) {
  return std::tie(e.company, e.deal, e.time, e.state, e.has_amount, e.amount, e.currency, e.first_exposure,
                  e.exposed_by_day);
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
    std::vector<Rows> rows(scope().context->threads());
    VESICA_RETURN_IF_ERROR(ForEachPartition(
        *log_, *scope().context, progress_end, [&](uint32_t worker, std::span<DealEvent> events) -> absl::Status {
          std::sort(events.begin(), events.end(), [](const auto& a, const auto& b) { return Order(a) < Order(b); });
          for (size_t begin = 0, end = 0; begin < events.size(); begin = end) {
            while (end < events.size() && events[end].deal == events[begin].deal &&
                   events[end].company == events[begin].company) {
              ++end;
            }
            Count(events.subspan(begin, end - begin), &rows[worker]);
          }
          return absl::OkStatus();
        }));
    for (const Rows& part : rows) {
      for (const auto& [key, counts] : part) rows_[key] += counts;
    }
    return absl::OkStatus();
  }

  uint64_t held_bytes() const override { return no_time_.capacity() * sizeof(uint64_t); }
  void AppendLeftOut(std::vector<LeftOut>* rows) const override {
    for (uint32_t company = 0; company < no_time_.size(); ++company) {
      rows->push_back({"revenue", "no_time", company, no_time_[company]});
    }
  }
  const Rows& rows() const { return rows_; }

 private:
  // The events of one deal, by time: its state is the last one's, its amount that of the last that has one, and it is
  // primed if one of its people was exposed before it was opened, else before its first event.
  void Count(std::span<const DealEvent> events, Rows* rows) const {
    const auto state = static_cast<DealState>(events.back().state);
    if (state == DealState::kOpen) return;
    const auto opened = std::find_if(events.begin(), events.end(), [](const DealEvent& e) {
      return static_cast<DealState>(e.state) == DealState::kOpen;
    });
    const int64_t start = (opened == events.end() ? events.begin() : opened)->time;
    const bool primed = std::any_of(events.begin(), events.end(), [&](const DealEvent& e) {
      if (e.first_exposure == kNoTime) return false;
      return e.first_exposure < start || (e.first_exposure == start && e.exposed_by_day != 0);
    });
    const auto priced =
        std::find_if(events.rbegin(), events.rend(), [](const DealEvent& e) { return e.has_amount != 0; });
    const DealEvent& last = priced == events.rend() ? events.back() : *priced;
    const bool won = state == DealState::kWon;
    const Sum amount = won ? Sum{last.amount} : Sum{0};
    Counts counts{.won = won, .lost = !won, .primed_won = won && primed, .primed_lost = !won && primed};
    counts.won_amount = amount;
    counts.primed_amount = primed ? amount : Sum{0};
    ForEachCompanyKey(data(), last.company, [&](CompanyKey company) { (*rows)[{company, last.currency}] += counts; });
  }

  const std::shared_ptr<Log> log_;
  std::vector<uint64_t> no_time_;  // by company
  Rows rows_;
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
  for (const auto& [key, c] : revenue.rows()) {
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
