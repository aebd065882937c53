#include "column.h"

#include "guard.h"
#include "structs.h"

namespace vesica::capi {
namespace {

static_assert(sizeof(vesica_span) == sizeof(KeySpan) && offsetof(vesica_span, size) == offsetof(KeySpan, size));

absl::StatusOr<KeyLayout> ToKeyLayout(uint32_t layout) {
  switch (layout) {
    case VESICA_LAYOUT_OFFSETS32:
      return KeyLayout::kOffsets32;
    case VESICA_LAYOUT_OFFSETS64:
      return KeyLayout::kOffsets64;
    case VESICA_LAYOUT_SPANS:
      return KeyLayout::kSpans;
    case VESICA_LAYOUT_INT64:
      return KeyLayout::kIntegers;
    case VESICA_LAYOUT_DIGEST32:
      return KeyLayout::kFixed32;
    default:
      return Unsupported("the column's layout is unknown");
  }
}

absl::StatusOr<KeyColumn> FromArrow(const vesica_column& from) {
  VESICA_RETURN_IF_ERROR(NotNull({{from.array, "array"}, {from.schema, "schema"}}));
  if (from.array->release == nullptr || from.schema->release == nullptr) {
    return InvalidArgument("the Arrow array or schema has been released");
  }
  return ColumnFromArrow(*from.schema, *from.array);
}

absl::StatusOr<KeyColumn> FromMemory(const vesica_column& from) {
  KeyColumn column;
  VESICA_ASSIGN_OR_RETURN(column.layout, ToKeyLayout(from.layout));
  column.length = from.length;
  column.data = from.data;
  column.offsets = from.offsets;
  column.validity = from.validity;
  column.validity_offset = from.validity_offset;
  return column;
}

}  // namespace

absl::StatusOr<KeyEncoding> ToKeyEncoding(uint32_t encoding) {
  switch (encoding) {
    case VESICA_ENCODING_PLAIN:
      return KeyEncoding::kPlain;
    case VESICA_ENCODING_HEX:
      return KeyEncoding::kHex;
    case VESICA_ENCODING_BASE64:
      return KeyEncoding::kBase64;
    default:
      return Unsupported("the encoding is unknown");
  }
}

absl::StatusOr<KeyColumn> ToKeyColumn(const vesica_column& from) {
  if (from.reserved != 0) return Unsupported("column.reserved must be 0");
  VESICA_ASSIGN_OR_RETURN(const KeyEncoding encoding, ToKeyEncoding(from.encoding));
  VESICA_ASSIGN_OR_RETURN(KeyColumn column, from.layout == VESICA_LAYOUT_ARROW ? FromArrow(from) : FromMemory(from));
  column.encoding = encoding;
  column.first_row = from.first_row;
  VESICA_RETURN_IF_ERROR(column.Validate());
  return column;
}

}  // namespace vesica::capi
