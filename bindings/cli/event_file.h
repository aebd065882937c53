// The cells of several columns of a CSV file, in batches of rows.
#ifndef VESICA_CLI_EVENT_FILE_H_
#define VESICA_CLI_EVENT_FILE_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cell_keys.h"
#include "csv_head.h"
#include "csv_index.h"
#include "failure.h"
#include "input_file.h"

namespace vesica_cli {

// Rows of the columns asked for. Cells are valid until the next batch is read.
struct CellBatch {
  std::vector<std::vector<std::string_view>> columns;  // a cell for each row
  std::vector<uint64_t> records;                       // number of each row in the file, from 0

  size_t rows() const { return records.size(); }
};

// Reads a file from front to back. Of its records only the columns asked for are looked at; memory holds one region of
// it, whatever its size.
class EventFile {
 public:
  // The header is the first of the first records that has one of `names`, written in any way that Squashed() takes for
  // the same.
  static Failure Open(const std::string& path, std::span<const std::string_view> names,
                      std::unique_ptr<EventFile>* out);

  // Names of the header; empty where none of the names asked for was found.
  const std::vector<std::string>& header() const { return head_.names; }

  // The first column of that name, compared squashed.
  std::optional<uint32_t> Find(std::string_view name) const;

  // Chooses the columns of batches, by number, before the first batch.
  Failure Choose(std::vector<uint32_t> columns);

  // The next rows; none at the end.
  Failure Next(CellBatch* out);

  std::string Title() const { return file_->Title(); }
  uint64_t size() const { return file_->size(); }
  uint64_t read() const { return read_; }               // bytes behind the last batch
  const CellCounts& counts() const { return counts_; }  // broken records so far
  uint64_t footer_records() const { return footer_records_; }

 private:
  explicit EventFile(std::unique_ptr<InputFile> file) : file_(std::move(file)) {}
  void ReadRecord(size_t* pos, uint64_t record, CellBatch* out);

  std::unique_ptr<InputFile> file_;
  CsvHead head_;
  CsvIndex index_;
  CsvLimits limits_;
  std::vector<uint32_t> columns_;
  std::vector<size_t> places_;  // by column of the file: 1 + its place in columns_; 0: not chosen
  size_t next_region_ = 0;
  std::string text_;  // of the region
  uint64_t footer_records_ = 0;
  uint64_t read_ = 0;
  CellCounts counts_;
};

}  // namespace vesica_cli

#endif  // VESICA_CLI_EVENT_FILE_H_
