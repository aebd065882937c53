#include "report/study_view.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/string_view.h"
#include "base/error.h"

namespace vesica {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr double kAmountUnit = 1e4;

double NumberAt(const TableColumn& column, uint64_t row) {
  switch (column.type) {
    case ColumnType::kInt64:
    case ColumnType::kTime:
      return static_cast<double>(column.integers[row]);
    case ColumnType::kAmount:
      return static_cast<double>(column.integers[row]) / kAmountUnit;
    case ColumnType::kUint64:
      return static_cast<double>(column.counts[row]);
    case ColumnType::kDouble:
      return column.numbers[row];
    case ColumnType::kText:
    case ColumnType::kBool:
      return kNone;
  }
  return kNone;
}

std::vector<uint64_t> AllRowsOf(const Table& table) {
  std::vector<uint64_t> rows(table.rows());
  for (uint64_t row = 0; row < rows.size(); ++row) rows[row] = row;
  return rows;
}

std::vector<uint64_t> RowsOfCompany(const Table& table, const TableColumn& companies, std::string_view company) {
  std::vector<uint64_t> rows;
  for (uint64_t row = 0; row < table.rows(); ++row) {
    if (!companies.IsNull(row) && companies.TextAt(row) == company) rows.push_back(row);
  }
  return rows;
}

// Groups of companies that tell of no single one, nor do those left out, as what is left of all companies.
StudyRows LargeGroups(const StudyRows& all) {
  using Kind = std::pair<std::string_view, std::string_view>;  // attribute and metric
  const auto kind_of = [&](size_t i) { return Kind(all.Text(i, "group"), all.Text(i, "metric")); };
  const auto many = [](double companies) { return companies > static_cast<double>(kFewestOthers); };
  std::map<Kind, double> shown;
  std::map<Kind, size_t> smallest;
  for (size_t i = 0; i < all.size(); ++i) {
    const double companies = all.Number(i, "companies");
    if (!many(companies)) continue;
    shown[kind_of(i)] += companies;
    const size_t least = smallest.try_emplace(kind_of(i), i).first->second;
    if (companies < all.Number(least, "companies")) smallest[kind_of(i)] = i;
  }
  return all.Where([&](size_t i) {
    if (!many(all.Number(i, "companies"))) return false;
    const double left = shown[{"all", all.Text(i, "metric")}] - shown[kind_of(i)];
    return left <= 0 || many(left) || smallest[kind_of(i)] != i;
  });
}

}  // namespace

const TableColumn* StudyRows::Cell(size_t i, std::string_view column) const {
  if (table_ == nullptr || i >= rows_.size()) return nullptr;
  const TableColumn* const found = table_->Find(column);
  return found == nullptr || found->IsNull(rows_[i]) ? nullptr : found;
}

bool StudyRows::IsNull(size_t i, std::string_view column) const { return Cell(i, column) == nullptr; }

double StudyRows::Number(size_t i, std::string_view column) const {
  const TableColumn* const cell = Cell(i, column);
  return cell == nullptr ? kNone : NumberAt(*cell, rows_[i]);
}

Estimate StudyRows::Interval(size_t i, std::string_view column) const {
  const double value = Number(i, column);
  const double lower = Number(i, std::string(column) + "_lower"), upper = Number(i, std::string(column) + "_upper");
  if (std::isnan(lower) || std::isnan(upper)) return Estimate::Exact(value);
  return {value, lower, upper};
}

std::string_view StudyRows::Text(size_t i, std::string_view column) const {
  const TableColumn* const cell = Cell(i, column);
  return cell == nullptr || cell->type != ColumnType::kText ? std::string_view() : cell->TextAt(rows_[i]);
}

bool StudyRows::Bool(size_t i, std::string_view column) const {
  const TableColumn* const cell = Cell(i, column);
  return cell != nullptr && cell->type == ColumnType::kBool && cell->BoolAt(rows_[i]);
}

StudyRows StudyRows::Where(const std::function<bool(size_t)>& wanted) const {
  StudyRows found;
  found.table_ = table_;
  for (size_t i = 0; i < rows_.size(); ++i) {
    if (wanted(i)) found.rows_.push_back(rows_[i]);
  }
  return found;
}

StudyRows StudyRows::Where(std::string_view column, std::string_view text) const {
  return Where([&](size_t i) { return Text(i, column) == text; });
}

size_t StudyRows::Find(std::string_view column, std::string_view text) const {
  size_t i = 0;
  while (i < size() && Text(i, column) != text) ++i;
  return i;
}

absl::StatusOr<StudyView> StudyView::Create(const StudyAnswer& answer, std::string company) {
  const auto knows = [&](const Table& table) {
    const TableColumn* const companies = table.Find("company");
    return companies != nullptr && !RowsOfCompany(table, *companies, company).empty();
  };
  if (!company.empty() && std::none_of(answer.tables.begin(), answer.tables.end(), knows)) {
    return InvalidArgument("company is none of the study's");
  }
  return StudyView(answer, std::move(company));
}

StudyRows StudyView::Rows(std::string_view name) const {
  const Table* const table = answer_->Find(name);
  if (table == nullptr) return {};
  const TableColumn* const companies = table->Find("company");
  if (companies != nullptr && of_one_company()) return {*table, RowsOfCompany(*table, *companies, company_)};
  StudyRows all(*table, AllRowsOf(*table));
  if (companies == nullptr) {
    if (!of_one_company() || !all.Has("companies")) return all;
    return LargeGroups(all);
  }
  StudyRows pooled = all.Where([&](size_t i) { return companies->IsNull(all.rows()[i]); });
  return pooled.empty() ? all : pooled;
}

StudyRows StudyView::Companies() const {
  const Table* const table = answer_->Find("companies");
  return table == nullptr ? StudyRows() : StudyRows(*table, AllRowsOf(*table));
}

std::string_view StudyView::Setting(std::string_view option) const {
  const Table* const table = answer_->Find("settings");
  if (table == nullptr) return {};
  const StudyRows settings(*table, AllRowsOf(*table));
  return settings.Text(settings.Find("option", option), "value");
}

double StudyView::NumberSetting(std::string_view option, double otherwise) const {
  const std::string_view text = Setting(option);
  double value;
  return absl::SimpleAtod(absl::string_view(text.data(), text.size()), &value) && std::isfinite(value) ? value
                                                                                                       : otherwise;
}

bool StudyView::IsSketch() const {
  const Table* const circles = answer_->Find("circles");
  return NumberSetting("sketch_bytes", 0) > 0 || (circles != nullptr && circles->Find("method") != nullptr);
}

}  // namespace vesica
