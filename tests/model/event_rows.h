#ifndef VESICA_TESTS_MODEL_EVENT_ROWS_H_
#define VESICA_TESTS_MODEL_EVENT_ROWS_H_

#include <deque>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "vesica/events.h"

namespace vesica {

// A row as its cells by the names of their columns; a cell that is not there is blank.
using EventRow = std::map<std::string, std::string>;

// Rows as a batch of text columns, which points into this.
class EventRows {
 public:
  explicit EventRows(std::vector<EventRow> rows) : rows_(std::move(rows)) {
    std::set<std::string> names = {"person", "event"};
    for (const EventRow& row : rows_) {
      for (const auto& cell : row) names.insert(cell.first);
    }
    batch_.rows = rows_.size();
    for (const std::string& name : names) {
      std::vector<KeySpan>& spans = spans_.emplace_back();
      for (const EventRow& row : rows_) {
        const auto cell = row.find(name);
        spans.push_back(cell == row.end() ? KeySpan{nullptr, 0} : KeySpan{cell->second.data(), cell->second.size()});
      }
      batch_.columns.push_back({.name = name, .values = ColumnFromSpans(spans)});
    }
  }
  EventRows(const EventRows&) = delete;
  EventRows& operator=(const EventRows&) = delete;

  const EventBatch& batch() const { return batch_; }
  const std::vector<EventRow>& rows() const { return rows_; }

 private:
  const std::vector<EventRow> rows_;
  std::deque<std::vector<KeySpan>> spans_;
  EventBatch batch_;
};

}  // namespace vesica

#endif  // VESICA_TESTS_MODEL_EVENT_ROWS_H_
