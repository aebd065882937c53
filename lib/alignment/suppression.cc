#include "alignment/suppression.h"

#include <algorithm>
#include <map>
#include <span>
#include <string>
#include <string_view>

namespace vesica {
namespace {

// One cell as text that equal cells share.
std::string CellText(const TableColumn& column, uint64_t row) {
  if (column.IsNull(row)) return "n";
  switch (column.type) {
    case ColumnType::kText:
      return "t" + std::string(column.TextAt(row));
    case ColumnType::kBool:
      return column.BoolAt(row) ? "1" : "0";
    case ColumnType::kUint64:
      return std::to_string(column.counts[row]);
    case ColumnType::kDouble:
      return std::to_string(column.numbers[row]);
    default:
      return std::to_string(column.integers[row]);
  }
}

void CopyCell(const TableColumn& column, uint64_t row, TableBuilder* to) {
  if (column.IsNull(row)) {
    to->Null();
    return;
  }
  switch (column.type) {
    case ColumnType::kText:
      to->Text(column.TextAt(row));
      return;
    case ColumnType::kInt64:
      to->Int64(column.integers[row]);
      return;
    case ColumnType::kUint64:
      to->Uint64(column.counts[row]);
      return;
    case ColumnType::kDouble:
      to->Double(column.numbers[row]);
      return;
    case ColumnType::kBool:
      to->Bool(column.BoolAt(row));
      return;
    case ColumnType::kTime:
      to->Time(column.integers[row]);
      return;
    case ColumnType::kAmount:
      to->Amount(column.integers[row]);
      return;
  }
}

class Hider {
 public:
  Hider(const Table& table, const Suppression& how, uint32_t min_cell)
      : table_(table), min_cell_(min_cell), hidden_(table.rows()), smallest_(table.rows()), compared_(table.rows()) {
    for (const TableColumn& column : table.columns()) {
      is_compared_.push_back(std::any_of(how.compared.begin(), how.compared.end(),
                                         [&](const char* name) { return column.name.starts_with(name); }));
      is_key_.push_back(std::find(how.keys.begin(), how.keys.end(), column.name) != how.keys.end());
      if (is_key_.back() || column.type != ColumnType::kUint64) continue;
      for (uint64_t row = 0; row < table.rows(); ++row) {
        const uint64_t count = column.counts[row];  // 0 where null
        if (count == 0) continue;
        if (count < min_cell) hidden_[row] = true;
        smallest_[row] = smallest_[row] == 0 ? count : std::min(smallest_[row], count);
      }
    }
    for (const auto& varying : how.sums) sums_.push_back(GroupsOf(varying));
  }

  // Hides until no total gives a hidden row away.
  void Complement() {
    for (bool changed = true; changed;) {
      changed = false;
      for (const Groups& groups : sums_) {
        for (const auto& [key, group] : groups) changed = HideSecond(group) || changed;
      }
    }
  }

  // Hides what rows tell of hidden ones that they are compared with. Where a total would give that away, it or another
  // row is compared with a hidden one too.
  void HideCompared(Base base) {
    const TableColumn& company = table_.columns().front();
    for (uint64_t begin = 0, end = 0; begin < table_.rows(); begin = end) {
      const std::string name = CellText(company, begin);
      while (end < table_.rows() && CellText(company, end) == name) ++end;
      const auto first = hidden_.begin() + static_cast<ptrdiff_t>(begin);
      const auto last = hidden_.begin() + static_cast<ptrdiff_t>(end);
      const bool any = std::find(first, last, true) != last;
      for (uint64_t row = begin; any && row < end; ++row) {
        const uint64_t other = base == Base::kFirst ? begin : base == Base::kLast ? end - 1 : row - (row > begin);
        compared_[row] = hidden_[other] || !HasCounts(row);
      }
    }
  }

  absl::StatusOr<Table> Build() const {
    std::vector<ColumnSpec> columns;
    for (const TableColumn& column : table_.columns()) columns.push_back({column.name, column.type});
    columns.push_back({"suppressed", ColumnType::kBool});
    TableBuilder to(table_.name(), std::move(columns), table_.description());
    to.Reserve(table_.rows());
    for (uint64_t row = 0; row < table_.rows(); ++row) {
      to.Row();
      for (size_t i = 0; i < table_.columns().size(); ++i) {
        if (!is_key_[i] && (hidden_[row] || (compared_[row] && is_compared_[i]))) {
          to.Null();
        } else {
          CopyCell(table_.columns()[i], row, &to);
        }
      }
      to.Bool(static_cast<bool>(hidden_[row]));
    }
    return std::move(to).Finish();
  }

 private:
  struct Group {
    std::vector<uint64_t> parts;
    uint64_t total = kNoRow;  // the row that has it
  };
  using Groups = std::map<std::string, Group>;

  Groups GroupsOf(const std::vector<const char*>& varying) const {
    Groups groups;
    for (uint64_t row = 0; row < table_.rows(); ++row) {
      std::string key;
      bool is_total = true;
      for (size_t i = 0; i < is_key_.size(); ++i) {
        const TableColumn& column = table_.columns()[i];
        if (!is_key_[i]) continue;
        if (std::find(varying.begin(), varying.end(), column.name) != varying.end()) {
          is_total = is_total && column.IsNull(row) && column.name == "company";
        } else {
          key += CellText(column, row) + '\0';
        }
      }
      Group& group = groups[key];
      if (is_total) {
        group.total = row;
      } else {
        group.parts.push_back(row);
      }
    }
    return groups;
  }

  bool HideSecond(const Group& group) {
    if (group.total != kNoRow && hidden_[group.total]) return false;
    uint64_t hidden = 0, next = kNoRow;
    for (uint64_t row : group.parts) {
      hidden += hidden_[row];
      const bool candidate = !hidden_[row] && smallest_[row] > 0;
      if (candidate && (next == kNoRow || smallest_[row] < smallest_[next])) next = row;
    }
    if (hidden == 0 || (hidden > 1 && !SumTells(group))) return false;
    if (next == kNoRow) next = group.total;  // nothing else to hide behind: then the total
    if (next == kNoRow) return false;
    hidden_[next] = true;
    return true;
  }

  // Whether some count of the hidden rows is what it must be at least, or at most, in each.
  bool SumTells(const Group& group) const {
    for (size_t i = 0; i < is_key_.size(); ++i) {
      const TableColumn& column = table_.columns()[i];
      if (is_key_[i] || column.type != ColumnType::kUint64) continue;
      for (const uint64_t extreme : {uint64_t{1}, uint64_t{min_cell_} - 1}) {
        const bool all = std::all_of(group.parts.begin(), group.parts.end(),
                                     [&](uint64_t row) { return !hidden_[row] || column.counts[row] == extreme; });
        if (all) return true;
      }
    }
    return false;
  }

  bool HasCounts(uint64_t row) const {
    const std::span<const TableColumn> columns = table_.columns();
    return std::any_of(columns.begin(), columns.end(), [&](const TableColumn& column) {
      return column.type == ColumnType::kUint64 && !column.IsNull(row);
    });
  }

  const Table& table_;
  const uint32_t min_cell_;
  std::vector<bool> is_key_, is_compared_;  // by column
  std::vector<bool> hidden_;
  std::vector<uint64_t> smallest_;  // count of the row that is not 0; 0: all are
  std::vector<bool> compared_;      // the row's compared columns are hidden
  std::vector<Groups> sums_;
};

}  // namespace

absl::StatusOr<Table> Suppress(const Table& table, const Suppression& how, uint32_t min_cell) {
  Hider hider(table, how, min_cell);
  if (min_cell > 1) hider.Complement();
  if (!how.compared.empty()) hider.HideCompared(how.base);
  return hider.Build();
}

}  // namespace vesica
