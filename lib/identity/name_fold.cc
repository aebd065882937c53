#include "identity/name_fold.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>

#include "identity/utf8.h"

namespace vesica {
namespace {

enum FoldKind : uint8_t { kKeep, kSpace, kDrop, kText };

// What becomes of code points first..last. kText: `length` characters for each, from kFoldTexts[texts] on.
struct FoldRange {
  uint32_t first, last;
  FoldKind kind;
  uint8_t length;
  uint16_t texts;
};

struct ClassRange {
  uint32_t first, last;
  uint8_t combining_class;
};

struct Composition {
  char32_t first, second, composed;
};

#include "identity/name_fold.inc"

// Hangul syllables: The Unicode Standard, 3.12.
constexpr char32_t kSyllables = 0xAC00, kLeads = 0x1100, kVowels = 0x1161, kTails = 0x11A7;
constexpr char32_t kLeadCount = 19, kVowelCount = 21, kTailCount = 28;
constexpr char32_t kSyllableCount = kLeadCount * kVowelCount * kTailCount;

// The combining iota is the last of its run of marks, and folds to the letter only there.
constexpr char32_t kIotaBelow = 0x345, kIota = 0x3B9;

template <typename Range>
const Range* FindRange(const Range* begin, const Range* end, char32_t c) {
  const Range* range = std::lower_bound(begin, end, c, [](const Range& r, char32_t value) { return r.last < value; });
  return range != end && range->first <= c ? range : nullptr;
}

// What becomes of ASCII, one character or none (0) each: the first rows of kFoldRanges again, without the search.
constexpr auto kAsciiFolded = [] {
  std::array<char, 128> folded{};
  for (const FoldRange& range : kFoldRanges) {
    for (uint32_t c = range.first; c <= range.last && c < folded.size(); ++c) {
      if (range.kind == kKeep) folded[c] = static_cast<char>(c);
      if (range.kind == kSpace) folded[c] = ' ';
      if (range.kind == kText) folded[c] = static_cast<char>(kFoldTexts[range.texts + (c - range.first)]);
    }
  }
  return folded;
}();

uint8_t CombiningClass(char32_t c) {
  if (c < kClassRanges[0].first) return 0;
  const ClassRange* range = FindRange(std::begin(kClassRanges), std::end(kClassRanges), c);
  return range == nullptr ? 0 : range->combining_class;
}

// Appends the folded and decomposed form of `c`; false if it has none.
bool AppendFolded(char32_t c, FoldedName* out) {
  if (c < kAsciiFolded.size()) {
    if (kAsciiFolded[c] != 0) out->push_back(static_cast<char32_t>(kAsciiFolded[c]));
    return true;
  }
  if (c - kSyllables < kSyllableCount) {
    const char32_t index = c - kSyllables;
    out->push_back(kLeads + index / (kVowelCount * kTailCount));
    out->push_back(kVowels + index / kTailCount % kVowelCount);
    if (index % kTailCount != 0) out->push_back(kTails + index % kTailCount);
    return true;
  }
  const FoldRange* range = FindRange(std::begin(kFoldRanges), std::end(kFoldRanges), c);
  if (range == nullptr) return false;
  if (range->kind == kKeep) out->push_back(c);
  if (range->kind == kSpace) out->push_back(U' ');
  if (range->kind == kText) {
    const char32_t* text = kFoldTexts + range->texts + (c - range->first) * range->length;
    out->insert(out->end(), text, text + range->length);
  }
  return true;
}

// Sorts each run of marks by combining class, keeping the order within a class.
void OrderMarks(FoldedName* name) {
  auto by_class = [](char32_t a, char32_t b) { return CombiningClass(a) < CombiningClass(b); };
  for (auto begin = name->begin(); begin != name->end();) {
    auto end = begin;
    while (end != name->end() && CombiningClass(*end) != 0) ++end;
    if (end - begin > 1) std::stable_sort(begin, end, by_class);
    begin = end == name->end() ? end : end + 1;
  }
}

// The character that `first` and `second` compose to, or 0.
char32_t Compose(char32_t first, char32_t second) {
  if (first - kLeads < kLeadCount && second - kVowels < kVowelCount) {
    return kSyllables + ((first - kLeads) * kVowelCount + (second - kVowels)) * kTailCount;
  }
  if (first - kSyllables < kSyllableCount && (first - kSyllables) % kTailCount == 0 && second > kTails &&
      second < kTails + kTailCount) {
    return first + (second - kTails);
  }
  const auto* found = std::lower_bound(std::begin(kCompositions), std::end(kCompositions),
                                       Composition{first, second, 0}, [](const Composition& a, const Composition& b) {
                                         return a.first != b.first ? a.first < b.first : a.second < b.second;
                                       });
  const bool match = found != std::end(kCompositions) && found->first == first && found->second == second;
  return match ? found->composed : 0;
}

// The canonical composition algorithm (The Unicode Standard, D117) on a decomposed and ordered name.
void ComposeMarks(FoldedName* name) {
  size_t size = 0, starter = SIZE_MAX;
  uint8_t last_class = 0;  // of the last character kept since the starter
  for (size_t i = 0; i < name->size(); ++i) {
    const char32_t c = (*name)[i];
    const uint8_t combining_class = CombiningClass(c);
    const bool adjacent = starter != SIZE_MAX && starter + 1 == size;
    if (starter != SIZE_MAX && (adjacent || last_class < combining_class)) {
      if (const char32_t composed = Compose((*name)[starter], c); composed != 0) {
        (*name)[starter] = composed;
        continue;
      }
    }
    if (combining_class == 0) starter = size;
    last_class = combining_class;
    (*name)[size++] = c;
  }
  name->resize(size);
}

}  // namespace

Reason FoldName(std::string_view text, FoldedName* out) {
  out->clear();
  char32_t any = 0;
  while (!text.empty()) {
    char32_t c;
    if (!TakeCodePoint(&text, &c) || !AppendFolded(c, out)) return Reason::kEncoding;
    any |= c;
  }
  if (any < 0x80) return Reason::kNone;
  OrderMarks(out);
  std::replace(out->begin(), out->end(), kIotaBelow, kIota);
  ComposeMarks(out);
  return Reason::kNone;
}

}  // namespace vesica
