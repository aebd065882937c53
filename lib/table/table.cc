#include "vesica/table.h"

#include <algorithm>

namespace vesica {
namespace {

uint64_t SizeOf(const Table& table, absl::Status (*write)(const Table&, const TextSink&),
                std::atomic<uint64_t>* known) {
  uint64_t size = known->load(std::memory_order_relaxed);
  if (size != 0) return size;
  const absl::Status status = write(table, [&](std::string_view piece) {
    size += piece.size();
    return absl::OkStatus();
  });
  if (status.ok()) known->store(size, std::memory_order_relaxed);
  return size;
}

// What cells without bytes are at: some readers of Arrow arrays do not take NULL.
alignas(64) constexpr char kNoBytes[64] = {};

template <class Values>
const void* BytesOf(const Values& values) {
  return values.empty() ? static_cast<const void*>(kNoBytes) : values.data();
}

}  // namespace

const void* TableColumn::cells() const {
  switch (type) {
    case ColumnType::kText:
      return BytesOf(text);
    case ColumnType::kInt64:
    case ColumnType::kTime:
    case ColumnType::kAmount:
      return BytesOf(integers);
    case ColumnType::kUint64:
      return BytesOf(counts);
    case ColumnType::kDouble:
      return BytesOf(numbers);
    case ColumnType::kBool:
      return BytesOf(bits);
  }
  return kNoBytes;
}

const TableColumn* Table::Find(std::string_view name) const {
  const auto found = std::find_if(columns().begin(), columns().end(), [&](const auto& c) { return c.name == name; });
  return found == columns().end() ? nullptr : &*found;
}

uint64_t Table::JsonSize() const { return SizeOf(*this, WriteJson, &content_->json_size); }
uint64_t Table::CsvSize() const { return SizeOf(*this, WriteCsv, &content_->csv_size); }

}  // namespace vesica
