// Tables through the Arrow C Stream interface (https://arrow.apache.org/docs/format/CStreamInterface.html): record
// batches whose children are slices of the table's columns.
#include <algorithm>
#include <bit>
#include <cerrno>
#include <memory>
#include <new>

#include "arrow/arrow_abi.h"
#include "vesica/table.h"

namespace vesica {
namespace {

// A multiple of 8, so that every slice begins with a whole byte of bits.
constexpr uint64_t kBatchRows = uint64_t{1} << 20;

const char* FormatOf(ColumnType type) {
  switch (type) {
    case ColumnType::kText:
      return "U";
    case ColumnType::kInt64:
      return "l";
    case ColumnType::kUint64:
      return "L";
    case ColumnType::kDouble:
      return "g";
    case ColumnType::kBool:
      return "b";
    case ColumnType::kTime:
      return "tsu:UTC";
    case ColumnType::kAmount:
      return "d:18,4";
  }
  return "n";
}

// What stands behind an exported schema or array: whatever it points to. Struct is ArrowSchema or ArrowArray. A child
// that its reader has moved out has no release any more.
template <class Struct>
struct Exported {
  explicit Exported(const Table& from) : table(from) {}
  Exported(const Exported&) = delete;
  Exported& operator=(const Exported&) = delete;
  ~Exported() {
    for (Struct& child : children) {
      if (child.release != nullptr) child.release(&child);
    }
  }

  // Makes room for children, none of them there yet.
  void SetChildren(size_t count) {
    children.resize(count);
    for (Struct& child : children) pointers.push_back(&child);
  }

  const Table table;  // keeps the buffers and the names
  const void* buffers[3] = {};
  std::vector<int64_t> decimals;  // of an amount: 128-bit integers
  std::vector<Struct> children;
  std::vector<Struct*> pointers;
};

template <class Struct>
void Release(Struct* exported) {
  delete static_cast<Exported<Struct>*>(exported->private_data);
  exported->release = nullptr;
}

// Hands `state` over to `out`, whose other fields are set already.
template <class Struct>
void HandOver(std::unique_ptr<Exported<Struct>> state, Struct* out) {
  out->n_children = static_cast<int64_t>(state->children.size());
  out->children = state->pointers.empty() ? nullptr : state->pointers.data();
  out->release = Release<Struct>;
  out->private_data = state.release();
}

void ExportSchema(const Table& table, ArrowSchema* out) {
  auto state = std::make_unique<Exported<ArrowSchema>>(table);
  state->SetChildren(table.columns().size());
  for (size_t i = 0; i < table.columns().size(); ++i) {
    const TableColumn& column = table.columns()[i];
    ArrowSchema& child = state->children[i];
    child.format = FormatOf(column.type);
    child.name = column.name.c_str();
    child.flags = ARROW_FLAG_NULLABLE;
    HandOver(std::make_unique<Exported<ArrowSchema>>(table), &child);
  }
  *out = {};
  out->format = "+s";
  out->name = "";
  HandOver(std::move(state), out);
}

uint64_t ValidRows(const std::vector<uint8_t>& validity, uint64_t begin, uint64_t count) {
  uint64_t valid = 0;
  for (uint64_t byte = begin / 8; byte < (begin + count + 7) / 8; ++byte) valid += std::popcount(validity[byte]);
  return valid;
}

// Sign-extended to 128 bits, in the machine's order.
std::vector<int64_t> Decimals(const std::vector<int64_t>& amounts, uint64_t begin, uint64_t count) {
  std::vector<int64_t> words;
  words.reserve(2 * count);
  for (uint64_t row = begin; row < begin + count; ++row) {
    const int64_t low = amounts[row], high = low < 0 ? -1 : 0;
    constexpr bool kLowFirst = std::endian::native == std::endian::little;
    words.push_back(kLowFirst ? low : high);
    words.push_back(kLowFirst ? high : low);
  }
  return words;
}

// Rows [begin, begin + count) of a column, of which there are; begin is a multiple of kBatchRows.
void ExportColumn(const Table& table, const TableColumn& column, uint64_t begin, uint64_t count, ArrowArray* out) {
  auto state = std::make_unique<Exported<ArrowArray>>(table);
  if (column.null_count != 0) {
    state->buffers[0] = column.validity.data();
    out->null_count = static_cast<int64_t>(count - ValidRows(column.validity, begin, count));
  }
  out->length = static_cast<int64_t>(count);
  out->offset = static_cast<int64_t>(begin);
  out->n_buffers = 2;
  state->buffers[1] = column.cells();
  if (column.type == ColumnType::kText) {
    out->n_buffers = 3;
    state->buffers[1] = column.integers.data();
    state->buffers[2] = column.cells();
  } else if (column.type == ColumnType::kAmount) {
    // The batch has its own cells, from offset 0 on; so must its validity be.
    state->decimals = Decimals(column.integers, begin, count);
    state->buffers[1] = state->decimals.data();
    if (state->buffers[0] != nullptr) state->buffers[0] = column.validity.data() + begin / 8;
    out->offset = 0;
  }
  out->buffers = state->buffers;
  HandOver(std::move(state), out);
}

void ExportBatch(const Table& table, uint64_t begin, uint64_t count, ArrowArray* out) {
  auto state = std::make_unique<Exported<ArrowArray>>(table);
  state->SetChildren(table.columns().size());
  for (size_t i = 0; i < table.columns().size(); ++i) {
    ExportColumn(table, table.columns()[i], begin, count, &state->children[i]);
  }
  *out = {};
  out->length = static_cast<int64_t>(count);
  out->n_buffers = 1;
  out->buffers = state->buffers;
  HandOver(std::move(state), out);
}

struct StreamState {
  Table table;
  uint64_t next_row = 0;
};

StreamState& StateOf(ArrowArrayStream* stream) { return *static_cast<StreamState*>(stream->private_data); }

// The callbacks are called from outside of the library: what is thrown must not leave them.
template <class Body>
int NoThrow(Body&& body) noexcept {
  try {
    body();
    return 0;
  } catch (const std::bad_alloc&) {
    return ENOMEM;
  } catch (...) {
    return EIO;
  }
}

int GetSchema(ArrowArrayStream* stream, ArrowSchema* out) {
  return NoThrow([&] { ExportSchema(StateOf(stream).table, out); });
}

int GetNext(ArrowArrayStream* stream, ArrowArray* out) {
  return NoThrow([&] {
    StreamState& state = StateOf(stream);
    const uint64_t count = std::min(kBatchRows, state.table.rows() - state.next_row);
    if (count == 0) {
      *out = {};
      return;
    }
    ExportBatch(state.table, state.next_row, count, out);
    state.next_row += count;
  });
}

const char* GetLastError(ArrowArrayStream*) { return "the system gave no memory"; }

void ReleaseStream(ArrowArrayStream* stream) {
  delete static_cast<StreamState*>(stream->private_data);
  stream->release = nullptr;
}

}  // namespace

void ExportArrow(const Table& table, ArrowArrayStream* out) {
  auto state = std::make_unique<StreamState>(StreamState{table});
  *out = {GetSchema, GetNext, GetLastError, ReleaseStream, state.release()};
}

}  // namespace vesica
