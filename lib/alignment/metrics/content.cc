#include <algorithm>
#include <map>
#include <memory>
#include <utility>
#include <vector>

#include "alignment/engine.h"
#include "alignment/hash_pair.h"
#include "alignment/metrics/company_key.h"
#include "alignment/metrics/metrics.h"
#include "alignment/record_log.h"
#include "base/error.h"

namespace vesica {
namespace {

// Which teams made an asset (bit of the team), and who used it.
constexpr uint32_t kUsed = 32;
constexpr uint32_t kUsedBySales = 64;
constexpr uint32_t kAllMarks = 127;
constexpr const char* kTeamNames[] = {nullptr, "brand", "demand", "marketing", "sales"};  // nullptr: all of them

// Assets by what became of them: the first fold emits their events, the second counts each asset of a company.
class ContentFold : public Fold {
 public:
  struct Asset {
    uint64_t asset;
    uint32_t company;
    uint32_t marks;
  };
  struct Counts {
    uint64_t made = 0, used = 0, used_by_sales = 0;
  };
  using Log = RecordLog<Asset>;
  // By company and team of the makers, 0 being any.
  using Rows = std::map<std::pair<CompanyKey, size_t>, Counts>;

  ContentFold(const FoldScope& scope, std::shared_ptr<Log> log) : Fold(scope), log_(std::move(log)) {}

  absl::Status Visit(const Timeline& timeline) override {
    for (const Event& event : timeline.events) {
      uint32_t marks = 0;
      if (event.kind == EventKind::kAssetCreated) marks = 1u << static_cast<uint32_t>(event.team);
      if (event.kind == EventKind::kAssetUsed) marks = kUsed | (event.team == Team::kSales ? kUsedBySales : 0);
      if (marks == 0) continue;
      const uint64_t asset = data().DetailsOf(event).asset;
      VESICA_RETURN_IF_ERROR(
          log_->Append(scope().worker, HashPair(asset, event.company), {asset, event.company, marks}));
    }
    return absl::OkStatus();
  }

  absl::Status Merge(const Fold&) override { return absl::OkStatus(); }  // they share the log

  absl::Status Complete(double progress_end) override {
    std::vector<std::vector<Asset>> parts(scope().context->threads());
    VESICA_RETURN_IF_ERROR(ForEachPartition(*log_, *scope().context, progress_end,
                                            [&](uint32_t worker, std::span<Asset> assets) -> absl::Status {
                                              std::sort(assets.begin(), assets.end(), Before);
                                              Join(assets, &parts[worker]);
                                              return absl::OkStatus();
                                            }));
    parts.push_back(std::exchange(assets_, {}));
    std::vector<Asset> all;
    for (const auto& part : parts) all.insert(all.end(), part.begin(), part.end());
    std::sort(all.begin(), all.end(), Before);
    Join(all, &assets_);
    return absl::OkStatus();
  }

  uint64_t held_bytes() const override { return assets_.capacity() * sizeof(Asset); }

  PartialSection section() const override { return PartialSection::kContent; }
  void Show(PartialArchive& archive) override {
    archive.Rows(&assets_, Before, [&](Asset& asset) {
      archive.Company(&asset.company);
      archive.Hash(&asset.asset);
      archive.Number(&asset.marks, kAllMarks);
      archive.Require((asset.marks & kAllMarks) != 0 && (asset.marks & 1) == 0);
    });
  }

  Rows ByTeam() const {
    Rows rows;
    for (const Asset& asset : assets_) {
      for (size_t team = 0; team < std::size(kTeamNames); ++team) {
        const bool made = team == 0 ? asset.marks % kUsed != 0 : (asset.marks >> team & 1) != 0;
        if (!made) continue;
        ForEachCompanyKey(data(), asset.company, [&](CompanyKey company) {
          Counts& counts = rows[{company, team}];
          ++counts.made;
          counts.used += (asset.marks & kUsed) != 0;
          counts.used_by_sales += (asset.marks & kUsedBySales) != 0;
        });
      }
    }
    return rows;
  }

 private:
  static bool Before(const Asset& a, const Asset& b) {
    return a.company != b.company ? a.company < b.company : a.asset < b.asset;
  }

  // Appends each asset once, with all its marks.
  static void Join(std::span<const Asset> sorted, std::vector<Asset>* assets) {
    for (const Asset& asset : sorted) {
      const bool same =
          !assets->empty() && assets->back().company == asset.company && assets->back().asset == asset.asset;
      same ? void(assets->back().marks |= asset.marks) : assets->push_back(asset);
    }
  }

  const std::shared_ptr<Log> log_;
  std::vector<Asset> assets_;  // by company and asset; until Complete() those that were read
};

absl::StatusOr<Table> Finish(const Fold& fold) {
  const auto& content = static_cast<const ContentFold&>(fold);
  TableBuilder to("content",
                  {{"company", ColumnType::kText},
                   {"team", ColumnType::kText},
                   {"made", ColumnType::kUint64},
                   {"used", ColumnType::kUint64},
                   {"unused", ColumnType::kUint64},
                   {"unused_share", ColumnType::kDouble},
                   {"used_by_sales", ColumnType::kUint64},
                   {"used_by_sales_share", ColumnType::kDouble}},
                  ContentMetric().table.description);
  for (const auto& [key, counts] : content.ByTeam()) {
    const auto& [company, team] = key;
    to.Row().Text(CompanyCell(fold.data(), company));
    team == 0 ? to.Null() : to.Text(kTeamNames[team]);
    to.Uint64(counts.made).Uint64(counts.used).Uint64(counts.made - counts.used);
    to.Ratio(counts.made - counts.used, counts.made).Uint64(counts.used_by_sales);
    to.Ratio(counts.used_by_sales, counts.made);
  }
  return std::move(to).Finish();
}

}  // namespace

Metric ContentMetric() {
  return {{"content", "Assets each team made, how many of them were never used, and how many sales used"},
          MakeFoldsWithLog<ContentFold>,
          Finish,
          {{"company", "team"}, {{"company"}, {"team"}}}};
}

}  // namespace vesica
