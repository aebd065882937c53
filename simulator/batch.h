#ifndef VESICA_SIMULATOR_BATCH_H_
#define VESICA_SIMULATOR_BATCH_H_

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "arrow_abi.h"
#include "events.h"
#include "plan.h"

namespace vesica_simulator {

// A column of a batch, as Arrow lays it out. Row i of a text is bytes [offsets[i], offsets[i + 1]), of labels
// labels[codes[i]], of companies labels[indices[i]]. A null has no bit in `validity`.
struct Column {
  enum class Type : uint8_t { kText, kLabels, kCompanies, kTime, kAmount, kSize };

  std::string name;
  Type type = Type::kText;
  std::vector<uint8_t> validity;
  std::vector<int32_t> offsets;
  std::string bytes;
  std::vector<int8_t> codes;
  std::vector<int32_t> indices;
  std::vector<int64_t> times;  // seconds since 1970, UTC
  std::vector<double> amounts;
  std::vector<uint8_t> sizes;
  std::vector<std::string> labels;

  bool IsNull(size_t row) const { return (validity[row >> 3] >> (row & 7) & 1) == 0; }
  std::string_view Text(size_t row) const {
    const auto begin = static_cast<size_t>(offsets[row]), end = static_cast<size_t>(offsets[row + 1]);
    return {bytes.data() + begin, end - begin};
  }
};

// Rows of events as columns, of one and the same memory again and again: company, person, event, team, time, stage,
// reason, source, deal, amount, currency, asset, account_size, region, industry, size, title, company_region,
// company_industry. Times are seconds; text (RFC 3339, or without an offset) where rows are flawed.
class Batch {
 public:
  Batch(const Plan& plan, uint32_t capacity);
  Batch(const Batch&) = delete;
  Batch& operator=(const Batch&) = delete;
  ~Batch();

  void Clear();

  // Appends as many of a company's events as there is room for, and says how many.
  size_t Append(const Company& company, std::span<const Event> events);

  uint32_t rows() const { return rows_; }
  bool full() const { return rows_ == capacity_; }
  const std::vector<Column>& columns() const { return columns_; }

  // The batch as a record batch of the Arrow C Data interface; valid until the next Append() or Clear(). Releasing it
  // does nothing, and need not be done.
  const ArrowSchema& schema();
  const ArrowArray& array();

 private:
  struct Exports;
  template <class Get>
  void AppendLabels(Column* column, std::span<const Event> events, Get get);
  void AppendPersons(std::span<const Event> events);
  void AppendTimes(std::span<const Event> events);
  void AppendDetails(const Company& company, std::span<const Event> events);
  void AppendIds(Column* column, char letter, uint32_t company, EventKind kind, EventKind other,
                 std::span<const Event> events);
  void AppendCompany(const Company& company, size_t count);
  void SetValid(Column* column, size_t row, bool valid) {
    column->validity[row >> 3] = static_cast<uint8_t>(column->validity[row >> 3] | valid << (row & 7));
  }

  const Plan& plan_;
  const uint32_t capacity_;
  uint32_t rows_ = 0;
  uint32_t last_company_ = 0;  // the last of the labels
  std::vector<Column> columns_;
  std::vector<std::string> dates_;  // of days, where times are text
  std::unique_ptr<Exports> exports_;
};

// "synthetic-00017".
std::string CompanyName(uint32_t index);

}  // namespace vesica_simulator

#endif  // VESICA_SIMULATOR_BATCH_H_
