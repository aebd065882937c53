#ifndef VESICA_LIB_REPORT_COLUMN_NAMES_H_
#define VESICA_LIB_REPORT_COLUMN_NAMES_H_

#include <string>
#include <string_view>

// What the columns of a study's tables, and the values that are Vesica's own, are called in a report.
namespace vesica {

// How the figures of a column are shown.
enum class FigureKind {
  kPlain,    // by its type: counts with commas, text, yes and no
  kShare,    // per cent
  kPoints,   // a difference of shares: percentage points
  kRatio,    // 2 or 1 decimals
  kNumber,   // 1 decimal
  kYear,     // without commas
  kLongText  // sentences: may be broken into lines
};

struct ColumnName {
  std::string heading;
  FigureKind kind = FigureKind::kPlain;
};

// Of any column: one that is not known is headed by its name.
ColumnName NameOf(std::string_view column);

// What a cell of text in a column says to people: "target_sales" is "Sales' target list", a bucket "[7d,30d)" is "7 to
// 30 days", a null company "(all)", and any other null "(unknown)". Text of data stays as it is.
std::string ValueText(std::string_view column, std::string_view value);
std::string NullText(std::string_view column);

// "24h" as "24 hours".
std::string DurationText(std::string_view duration);

// A bucket of time as `recency` and `response_delay` have them.
std::string BucketText(std::string_view bucket);

}  // namespace vesica

#endif  // VESICA_LIB_REPORT_COLUMN_NAMES_H_
