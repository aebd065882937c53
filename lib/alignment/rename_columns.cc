#include <algorithm>
#include <set>
#include <utility>

#include "base/error.h"
#include "vesica/events.h"

namespace vesica {

absl::Status RenameColumns(const std::vector<ColumnRename>& renames, EventBatch* batch) {
  std::set<std::string_view> sources, names;
  std::vector<EventColumn> columns;
  for (size_t i = 0; i < renames.size(); ++i) {
    const std::string &from = renames[i].from, &to = renames[i].to;
    const auto index = static_cast<uint32_t>(i);
    sources.insert(from);
    if (!names.insert(to).second) return AtIndex(InvalidArgument("two columns are mapped to '" + to + "'"), index);
    const auto column = std::find_if(batch->columns.begin(), batch->columns.end(),
                                     [&](const EventColumn& one) { return one.name == from; });
    if (column == batch->columns.end()) {
      return AtIndex(InvalidArgument("the batch has no column '" + from + "'"), index);
    }
    columns.push_back(*column);
    columns.back().name = to;
  }
  for (EventColumn& column : batch->columns) {
    if (!sources.contains(column.name) && !names.contains(column.name)) columns.push_back(std::move(column));
  }
  batch->columns = std::move(columns);
  return absl::OkStatus();
}

}  // namespace vesica
