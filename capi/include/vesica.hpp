// vesica.hpp - vesica.h for C++17 and later: handles that free themselves, exceptions for failures, the standard
// library's strings and vectors for keys. Header only; needs the standard library and the shared library, no more.
//
//     namespace vc = vesica::c;
//     const vesica_overlap overlap = vc::OverlapOf(crm, marketing, "email/1");  // two std::vector<std::string>
//
// The namespace is named after the build target, vesica::c, and apart from the C++ library's own classes, whose ABI may
// change: what is here is compiled into the caller and crosses the library's boundary as C.
//
// Handles are move-only; a moved-from handle may only be assigned to or destroyed. Profile, Audience, Regions, Matrix,
// Table and StudyAnswer can also be made of a handle of the C interface, which they then own. Figures are the structs
// of vesica.h, where every contract is written: ownership, threads, costs and errors are as there. A failure throws
// Error and leaves its arguments as vesica.h says.
#ifndef VESICA_VESICA_HPP_
#define VESICA_VESICA_HPP_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "vesica.h"

namespace vesica::c {

// A failed call: what() is its message, details() all the rest of it.
class Error : public std::runtime_error {
 public:
  explicit Error(const vesica_error& details) : std::runtime_error(details.message), details_(details) {}
  vesica_status status() const noexcept { return details_.status; }
  const vesica_error& details() const noexcept { return details_; }

 private:
  vesica_error details_;
};

namespace internal {

// A struct of vesica.h that says its size.
template <class Struct>
Struct Sized() {
  Struct value{};
  value.struct_size = static_cast<uint32_t>(sizeof(Struct));
  return value;
}

// Calls function(arguments..., &error) and throws Error unless it succeeds.
template <class Function, class... Arguments>
void Call(Function function, Arguments... arguments) {
  vesica_error error = Sized<vesica_error>();
  if (function(arguments..., &error) != VESICA_OK) throw Error(error);
}

// The struct that function(arguments..., &struct, &error) fills.
template <class Struct, class Function, class... Arguments>
Struct Filled(Function function, Arguments... arguments) {
  Struct value = Sized<Struct>();
  Call(function, arguments..., &value);
  return value;
}

// The text that function(arguments..., buffer, capacity, &length, &error) writes.
template <class Function, class... Arguments>
std::string Text(Function function, Arguments... arguments) {
  size_t length = 0;
  Call(function, arguments..., static_cast<char*>(nullptr), size_t{0}, &length);
  std::string text(length, '\0');
  Call(function, arguments..., &text[0], length + 1, &length);  // the closing NUL meets the string's own
  return text;
}

template <class T, void (*free)(T*)>
struct Deleter {
  void operator()(T* handle) const noexcept { free(handle); }
};
template <class T, void (*free)(T*)>
using Handle = std::unique_ptr<T, Deleter<T, free>>;

inline const char* OrNull(const std::string& text) { return text.empty() ? nullptr : text.c_str(); }

}  // namespace internal

// How an answer becomes a page or a picture.
struct ReportOptions {
  uint32_t format = VESICA_REPORT_HTML;
  uint32_t theme = VESICA_THEME_AUTO;
  std::string title;    // empty: one that says what is shown
  std::string company;  // of a study; empty: all companies
  std::string figure;   // of a study as SVG; empty: the circles
};

namespace internal {

inline int32_t AppendTo(void* user, const char* bytes, size_t size) noexcept {
  try {
    static_cast<std::string*>(user)->append(bytes, size);
    return 0;
  } catch (...) {
    return 1;
  }
}

// The report that function(arguments..., &options, &output, &error) writes.
template <class Function, class... Arguments>
std::string Report(const ReportOptions& options, Function function, Arguments... arguments) {
  vesica_report_options c_options = Sized<vesica_report_options>();
  c_options.format = options.format;
  c_options.theme = options.theme;
  c_options.title = OrNull(options.title);
  c_options.company = OrNull(options.company);
  c_options.figure = OrNull(options.figure);
  std::string text;
  vesica_output output = Sized<vesica_output>();
  output.write = &AppendTo;
  output.user = &text;
  Call(function, arguments..., static_cast<const vesica_report_options*>(&c_options),
       static_cast<const vesica_output*>(&output));
  return text;
}

}  // namespace internal

struct ContextOptions {
  uint32_t threads = 1;
  uint64_t memory_budget_bytes = 0;
  // Told the fraction done; returning false, or throwing, cancels the call.
  std::function<bool(double fraction)> progress;
};

class Context {
 public:
  explicit Context(ContextOptions options = {}) {
    vesica_context_options c_options = internal::Sized<vesica_context_options>();
    c_options.threads = options.threads;
    c_options.memory_budget_bytes = options.memory_budget_bytes;
    if (options.progress) {
      progress_ = std::make_shared<Progress>(std::move(options.progress));
      c_options.progress = &Tell;
      c_options.progress_user = progress_.get();
    }
    vesica_context* made = nullptr;
    internal::Call(vesica_context_create, &c_options, &made);
    handle_.reset(made);
  }

  void Trim() { internal::Call(vesica_context_trim, get()); }
  vesica_memory Memory() const {
    return internal::Filled<vesica_memory>(vesica_context_memory, static_cast<const vesica_context*>(get()));
  }
  vesica_context* get() const noexcept { return handle_.get(); }

 private:
  friend class Builder;
  friend class Study;
  using Progress = std::function<bool(double)>;

  static int32_t Tell(void* user, double fraction) noexcept {
    try {
      return (*static_cast<const Progress*>(user))(fraction) ? 0 : 1;
    } catch (...) {
      return 1;
    }
  }

  std::shared_ptr<const Progress> shared_progress() const noexcept { return progress_; }

  std::shared_ptr<Progress> progress_;  // outlives the handle, which calls it
  internal::Handle<vesica_context, vesica_context_free> handle_;
};

struct ProfileOptions {
  uint32_t hash_bits = 64;
  std::string secret;   // empty, or at least 16 random bytes
  std::string country;  // empty, or ISO 3166-1 alpha-2
};

class Profile {
 public:
  explicit Profile(vesica_profile* handle) noexcept : handle_(handle) {}
  explicit Profile(const std::string& name, const ProfileOptions& options = {}) {
    vesica_profile_options c_options = internal::Sized<vesica_profile_options>();
    c_options.hash_bits = options.hash_bits;
    c_options.secret = options.secret.empty() ? nullptr : options.secret.data();
    c_options.secret_size = options.secret.size();
    c_options.country = internal::OrNull(options.country);
    vesica_profile* made = nullptr;
    internal::Call(vesica_profile_open, name.c_str(), &c_options, &made);
    handle_.reset(made);
  }

  // Every profile of the library.
  static std::vector<vesica_profile_info> List() {
    std::vector<vesica_profile_info> list;
    for (uint32_t i = 0; i < vesica_profile_count(); ++i) {
      list.push_back(internal::Filled<vesica_profile_info>(vesica_profile_list, i));
    }
    return list;
  }

  std::string Stamp() const { return internal::Text(vesica_profile_stamp, get()); }

  // The canonical bytes of a key; Error with VESICA_INVALID_KEY if it has none.
  std::string Canonicalize(std::string_view key, uint32_t encoding = VESICA_ENCODING_PLAIN) const {
    size_t length = 0;
    const auto write = [&](void* buffer, size_t capacity) {
      internal::Call(vesica_profile_canonicalize, get(), static_cast<const void*>(key.data()), key.size(), encoding,
                     buffer, capacity, &length, static_cast<uint32_t*>(nullptr));
    };
    write(nullptr, 0);
    std::string bytes(length, '\0');
    write(&bytes[0], bytes.size());
    return bytes;
  }

  const vesica_profile* get() const noexcept { return handle_.get(); }

 private:
  internal::Handle<vesica_profile, vesica_profile_free> handle_;
};

// Keys where they lie: a column refers to the caller's memory, which must outlive it.
class Column {
 public:
  // `keys` is any range of what converts to std::string_view. The strings stay where they are; a view of each is kept.
  template <class Strings>
  static Column OfStrings(const Strings& keys, uint32_t encoding = VESICA_ENCODING_PLAIN) {
    Column column(VESICA_LAYOUT_SPANS);
    for (const auto& key : keys) {
      const std::string_view view(key);
      column.spans_.push_back({view.data() == nullptr ? "" : view.data(), view.size()});
    }
    column.column_.encoding = encoding;
    column.column_.length = column.spans_.size();
    column.column_.data = column.spans_.data();  // moving a vector leaves its elements where they are
    return column;
  }

  static Column OfIntegers(const int64_t* keys, uint64_t length) { return Column(VESICA_LAYOUT_INT64, keys, length); }

  // `digests` are 32 bytes each.
  static Column OfDigests(const uint8_t* digests, uint64_t length) {
    return Column(VESICA_LAYOUT_DIGEST32, digests, length);
  }

  static Column OfArrow(const ArrowSchema& schema, const ArrowArray& array, uint32_t encoding = VESICA_ENCODING_PLAIN) {
    Column column(VESICA_LAYOUT_ARROW);
    column.column_.encoding = encoding;
    column.column_.schema = &schema;
    column.column_.array = &array;
    return column;
  }

  // Any other: `column` as vesica.h describes it.
  explicit Column(const vesica_column& column) : column_(column) {}

  Column(Column&&) = default;
  Column& operator=(Column&&) = default;
  Column(const Column&) = delete;
  Column& operator=(const Column&) = delete;

  uint64_t length() const noexcept {
    return column_.layout == VESICA_LAYOUT_ARROW ? static_cast<uint64_t>(column_.array->length) : column_.length;
  }
  const vesica_column& get() const noexcept { return column_; }

 private:
  explicit Column(uint32_t layout, const void* data = nullptr, uint64_t length = 0)
      : column_(internal::Sized<vesica_column>()) {
    column_.layout = layout;
    column_.data = data;
    column_.length = length;
  }

  vesica_column column_;
  std::vector<vesica_span> spans_;
};

// One set's keys and the name it has in reports. Refers to the caller's memory.
class Source {
 public:
  // Of one column, or of strings as Column::OfStrings() takes them.
  Source(std::string name, Column column) : Source(std::move(name)) { Add(std::move(column)); }
  template <class Strings, class = std::enable_if_t<!std::is_convertible_v<const Strings&, const Column&> &&
                                                    !std::is_convertible_v<const Strings&, const vesica_source&>>>
  Source(std::string name, const Strings& keys) : Source(std::move(name), Column::OfStrings(keys)) {}

  // Of no column yet.
  explicit Source(std::string name) : source_(internal::Sized<vesica_source>()), name_(std::move(name)) {}

  // Any other: `source` as vesica.h describes it, such as a callback or an Arrow stream.
  Source(std::string name, const vesica_source& source) : source_(source), name_(std::move(name)) {}

  Source& Add(Column column) {
    columns_.push_back(column.get());
    kept_.push_back(std::move(column));
    return *this;
  }

  // Valid while this source is neither changed nor moved.
  vesica_source get() const noexcept {
    vesica_source source = source_;
    source.name = internal::OrNull(name_);
    if (!columns_.empty()) {
      source.columns = columns_.data();
      source.column_count = columns_.size();
    }
    return source;
  }

 private:
  vesica_source source_;
  std::string name_;
  std::vector<vesica_column> columns_;
  std::vector<Column> kept_;
};

// Options of a sketch; 0 bytes are 16384.
inline vesica_builder_options SketchOptions(uint32_t representation, uint64_t sketch_bytes = 0) {
  auto options = internal::Sized<vesica_builder_options>();
  options.representation = representation;
  options.sketch_bytes = sketch_bytes;
  return options;
}

// An immutable set of keys, exact or a sketch.
class Audience {
 public:
  explicit Audience(vesica_audience* handle) noexcept : handle_(handle) {}

  // Of an image.
  static Audience Load(Context& context, const void* image, size_t image_size) {
    vesica_audience* made = nullptr;
    internal::Call(vesica_audience_load, context.get(), image, image_size, &made);
    return Audience(made);
  }

  vesica_estimate Count() const {
    vesica_estimate count{};
    internal::Call(vesica_audience_count, get(), &count);
    return count;
  }
  vesica_quality Quality() const { return internal::Filled<vesica_quality>(vesica_audience_quality, get()); }
  vesica_invalid Invalid(uint32_t index) const {
    return internal::Filled<vesica_invalid>(vesica_audience_invalid, get(), index);
  }
  std::string Stamp() const { return internal::Text(vesica_audience_stamp, get()); }

  // Such as SketchOptions(VESICA_REPRESENTATION_MINHASH).
  Audience Sketch(Context& context, const vesica_builder_options& options) const {
    vesica_audience* made = nullptr;
    internal::Call(vesica_audience_sketch, context.get(), get(), &options, &made);
    return Audience(made);
  }
  vesica_image_info Describe() const { return internal::Filled<vesica_image_info>(vesica_audience_describe, get()); }
  std::vector<uint8_t> Save() const {
    size_t length = 0;
    internal::Call(vesica_audience_save, get(), nullptr, size_t{0}, &length);
    std::vector<uint8_t> image(length);
    internal::Call(vesica_audience_save, get(), image.data(), image.size(), &length);
    return image;
  }

  // For each row whether its key is in the audience.
  std::vector<uint8_t> Contains(Context& context, const Profile& profile, const Column& keys) const {
    std::vector<uint8_t> found(static_cast<size_t>(keys.length()));
    internal::Call(vesica_audience_contains, context.get(), get(), profile.get(), &keys.get(), found.data(),
                   keys.length());
    return found;
  }

  const vesica_audience* get() const noexcept { return handle_.get(); }

 private:
  friend Audience Union(Context&, const Audience&, const Audience&);
  friend Audience Intersection(Context&, const Audience&, const Audience&);
  friend Audience Difference(Context&, const Audience&, const Audience&);

  template <class Function>
  static Audience Combine(Function function, Context& context, const Audience& a, const Audience& b) {
    vesica_audience* made = nullptr;
    internal::Call(function, context.get(), a.get(), b.get(), &made);
    return Audience(made);
  }

  internal::Handle<vesica_audience, vesica_audience_free> handle_;
};

inline vesica_image_info Inspect(const void* image, size_t image_size) {
  return internal::Filled<vesica_image_info>(vesica_image_inspect, image, image_size);
}

inline Audience Union(Context& context, const Audience& a, const Audience& b) {
  return Audience::Combine(vesica_audience_union, context, a, b);
}
inline Audience Intersection(Context& context, const Audience& a, const Audience& b) {
  return Audience::Combine(vesica_audience_intersection, context, a, b);
}
inline Audience Difference(Context& context, const Audience& a, const Audience& b) {
  return Audience::Combine(vesica_audience_difference, context, a, b);
}

class Builder {
 public:
  Builder(Context& context, const Profile& profile, const vesica_builder_options* options = nullptr)
      : progress_(context.shared_progress()) {
    vesica_builder* made = nullptr;
    internal::Call(vesica_builder_create, context.get(), profile.get(), options, &made);
    handle_.reset(made);
  }

  // Such as SketchOptions(VESICA_REPRESENTATION_MINHASH).
  Builder(Context& context, const Profile& profile, const vesica_builder_options& options)
      : Builder(context, profile, &options) {}

  Builder& Add(const Column& column) {
    internal::Call(vesica_builder_add, get(), &column.get());
    return *this;
  }
  Builder& Add(const Source& source) {
    const vesica_source c_source = source.get();
    internal::Call(vesica_builder_add_source, get(), &c_source);
    return *this;
  }
  Builder& Merge(const Audience& audience) {
    internal::Call(vesica_builder_merge, get(), audience.get());
    return *this;
  }
  Audience Build() {
    vesica_audience* made = nullptr;
    internal::Call(vesica_builder_build, get(), &made);
    return Audience(made);
  }
  vesica_builder* get() const noexcept { return handle_.get(); }

 private:
  std::shared_ptr<const std::function<bool(double)>> progress_;  // of the context, which may go first
  internal::Handle<vesica_builder, vesica_builder_free> handle_;
};

// The counts of all regions of 1..8 sets.
class Regions {
 public:
  explicit Regions(vesica_regions* handle) noexcept : handle_(handle) {}

  // One shot, from keys. The sources' memory is only read during the call.
  Regions(Context& context, const Profile& profile, const std::vector<Source>& sets, uint32_t flags = 0) {
    std::vector<vesica_source> c_sets;
    for (const Source& set : sets) c_sets.push_back(set.get());
    vesica_regions_options options = internal::Sized<vesica_regions_options>();
    options.flags = flags;
    vesica_regions* made = nullptr;
    internal::Call(vesica_regions_of_sources, context.get(), profile.get(),
                   static_cast<const vesica_source*>(c_sets.data()), static_cast<uint32_t>(c_sets.size()), &options,
                   &made);
    handle_.reset(made);
  }

  // From audiences. `names` is empty or has one for each.
  Regions(Context& context, const std::vector<const Audience*>& audiences, const std::vector<std::string>& names = {});

  vesica_answer_info Info() const { return internal::Filled<vesica_answer_info>(vesica_regions_info, get()); }
  vesica_estimate Region(uint32_t members) const {
    vesica_estimate count{};
    internal::Call(vesica_regions_region, get(), members, &count);
    return count;
  }
  vesica_quality Quality(uint32_t set) const {
    return internal::Filled<vesica_quality>(vesica_regions_quality, get(), set);
  }
  vesica_invalid Invalid(uint32_t set, uint32_t index) const {
    return internal::Filled<vesica_invalid>(vesica_regions_invalid, get(), set, index);
  }
  vesica_overlap Overlap(uint32_t a, uint32_t b) const {
    return internal::Filled<vesica_overlap>(vesica_regions_overlap, get(), a, b);
  }
  std::string Stamp() const { return internal::Text(vesica_regions_stamp, get()); }
  std::string Json() const { return internal::Text(vesica_regions_json, get()); }
  std::string Report(const ReportOptions& options = {}) const {
    return internal::Report(options, vesica_regions_report, get());
  }

  const vesica_regions* get() const noexcept { return handle_.get(); }

 private:
  internal::Handle<vesica_regions, vesica_regions_free> handle_;
};

// The overlap of every pair of audiences.
class Matrix {
 public:
  explicit Matrix(vesica_matrix* handle) noexcept : handle_(handle) {}

  // `names` is empty or has one for each.
  Matrix(Context& context, const std::vector<const Audience*>& audiences, const std::vector<std::string>& names = {});

  vesica_answer_info Info() const { return internal::Filled<vesica_answer_info>(vesica_matrix_info, get()); }
  vesica_overlap Overlap(uint32_t a, uint32_t b) const {
    return internal::Filled<vesica_overlap>(vesica_matrix_overlap, get(), a, b);
  }
  std::string Json() const { return internal::Text(vesica_matrix_json, get()); }

  const vesica_matrix* get() const noexcept { return handle_.get(); }

 private:
  internal::Handle<vesica_matrix, vesica_matrix_free> handle_;
};

namespace internal {

// What function(context, audiences, names, count, &made, &error) makes.
template <class Made, class Function>
Made* Compared(Function function, Context& context, const std::vector<const Audience*>& audiences,
               const std::vector<std::string>& names) {
  if (!names.empty() && names.size() != audiences.size()) {
    throw std::invalid_argument("names must be empty or as many as audiences");
  }
  std::vector<const vesica_audience*> c_audiences;
  for (const Audience* audience : audiences) c_audiences.push_back(audience == nullptr ? nullptr : audience->get());
  std::vector<const char*> c_names;
  for (const std::string& name : names) c_names.push_back(OrNull(name));
  Made* made = nullptr;
  Call(function, context.get(), static_cast<const vesica_audience* const*>(c_audiences.data()),
       static_cast<const char* const*>(c_names.empty() ? nullptr : c_names.data()),
       static_cast<uint32_t>(c_audiences.size()), &made);
  return made;
}

}  // namespace internal

inline Regions::Regions(Context& context, const std::vector<const Audience*>& audiences,
                        const std::vector<std::string>& names)
    : handle_(internal::Compared<vesica_regions>(vesica_regions_of_audiences, context, audiences, names)) {}

inline Matrix::Matrix(Context& context, const std::vector<const Audience*>& audiences,
                      const std::vector<std::string>& names)
    : handle_(internal::Compared<vesica_matrix>(vesica_matrix_of_audiences, context, audiences, names)) {}

inline vesica_plan_question PlanQuestion(double size_a, double size_b, double share_of_smaller,
                                         double relative_half_width) {
  auto question = internal::Sized<vesica_plan_question>();
  question.size_a = size_a;
  question.size_b = size_b;
  question.share_of_smaller = share_of_smaller;
  question.relative_half_width = relative_half_width;
  return question;
}
inline vesica_plan_answer Plan(const vesica_plan_question& question, const vesica_builder_options& options) {
  return internal::Filled<vesica_plan_answer>(vesica_plan, &question, &options);
}
inline double PlanHalfWidth(const vesica_plan_question& question, const vesica_builder_options& options) {
  double half_width = 0;
  internal::Call(vesica_plan_half_width, &question, &options, &half_width);
  return half_width;
}

// An answer as rows of named columns.
class Table {
 public:
  explicit Table(vesica_table* handle) noexcept : handle_(handle) {}

  // Which table of the answer: VESICA_TABLE_*.
  Table(const Regions& regions, uint32_t which) : Table(Made(vesica_regions_table, regions.get(), which)) {}
  Table(const Matrix& matrix, uint32_t which) : Table(Made(vesica_matrix_table, matrix.get(), which)) {}

  static Table OfPlan(const vesica_plan_question& question) { return Table(Made(vesica_plan_table, &question)); }
  static Table OfProfiles() { return Table(Made(vesica_profiles_table)); }

  vesica_table_info Info() const { return internal::Filled<vesica_table_info>(vesica_table_describe, get()); }

  // Points into the table.
  vesica_column_view Column(uint32_t index) const {
    return internal::Filled<vesica_column_view>(vesica_table_column, get(), index);
  }

  // The caller releases `*out`, which may outlive the table.
  void Arrow(ArrowArrayStream* out) const { internal::Call(vesica_table_arrow, get(), out); }

  std::string Json() const { return internal::Text(vesica_table_json, get()); }
  std::string Csv() const { return internal::Text(vesica_table_csv, get()); }
  std::string InertCsv() const { return internal::Text(vesica_table_inert_csv, get()); }

  const vesica_table* get() const noexcept { return handle_.get(); }

 private:
  template <class Function, class... Arguments>
  static vesica_table* Made(Function function, Arguments... arguments) {
    vesica_table* made = nullptr;
    internal::Call(function, arguments..., &made);
    return made;
  }

  internal::Handle<vesica_table, vesica_table_free> handle_;
};

// The tables of a run of a study.
class StudyAnswer {
 public:
  explicit StudyAnswer(vesica_study_answer* handle) noexcept : handle_(handle) {}

  std::vector<Table> Tables() const {
    uint32_t count = 0;
    internal::Call(vesica_study_answer_count, get(), &count);
    std::vector<Table> tables;
    for (uint32_t i = 0; i < count; ++i) {
      vesica_table* made = nullptr;
      internal::Call(vesica_study_answer_table, get(), i, &made);
      tables.emplace_back(made);
    }
    return tables;
  }
  Table Find(const std::string& name) const {
    vesica_table* made = nullptr;
    internal::Call(vesica_study_answer_find, get(), name.c_str(), &made);
    return Table(made);
  }
  std::string Json() const { return internal::Text(vesica_study_answer_json, get()); }
  std::string Report(const ReportOptions& options = {}) const {
    return internal::Report(options, vesica_study_answer_report, get());
  }

  const vesica_study_answer* get() const noexcept { return handle_.get(); }

 private:
  internal::Handle<vesica_study_answer, vesica_study_answer_free> handle_;
};

// Names and texts that belong together: options and their values, or the caller's columns and those of events.
using TextPairs = std::vector<std::pair<std::string, std::string>>;

// Events in, tables out.
class Study {
 public:
  Study(Context& context, const Profile& profile, const TextPairs& settings = {},
        const std::string& spill_directory = {})
      : progress_(context.shared_progress()) {
    std::vector<vesica_setting> c_settings;
    for (const auto& [name, value] : settings) c_settings.push_back({name.c_str(), value.c_str()});
    vesica_study_options options = internal::Sized<vesica_study_options>();
    options.settings = c_settings.data();
    options.setting_count = static_cast<uint32_t>(c_settings.size());
    options.spill_directory = internal::OrNull(spill_directory);
    vesica_study* made = nullptr;
    internal::Call(vesica_study_create, context.get(), profile.get(), &options, &made);
    handle_.reset(made);
  }

  // "contents": what tables there are.
  static Table Contents() {
    vesica_table* made = nullptr;
    internal::Call(vesica_study_contents, &made);
    return Table(made);
  }

  // "figures": what pictures there are.
  static Table Figures() {
    vesica_table* made = nullptr;
    internal::Call(vesica_report_figures, &made);
    return Table(made);
  }

  // `renames` are pairs of the caller's column and the column of events that it is.
  Study& Add(const ArrowSchema& schema, const ArrowArray& batch, const TextPairs& renames = {}) {
    const std::vector<vesica_rename> names = Names(renames);
    internal::Call(vesica_study_add, get(), &batch, &schema, names.data(), static_cast<uint32_t>(names.size()));
    return *this;
  }
  Study& Add(ArrowArrayStream& stream, const TextPairs& renames = {}) {
    const std::vector<vesica_rename> names = Names(renames);
    internal::Call(vesica_study_add_stream, get(), &stream, names.data(), static_cast<uint32_t>(names.size()));
    return *this;
  }

  // Of a study with the setting sketch_bytes: people of a circle as an audience. `values` are dimensions and their
  // values.
  Study& Add(const std::string& company, const std::string& circle, const Audience& audience,
             const TextPairs& values = {}) {
    std::vector<vesica_setting> c_values;
    for (const auto& [name, value] : values) c_values.push_back({name.c_str(), value.c_str()});
    vesica_circle labels = internal::Sized<vesica_circle>();
    labels.company = company.c_str();
    labels.circle = circle.c_str();
    labels.values = c_values.data();
    labels.value_count = static_cast<uint32_t>(c_values.size());
    internal::Call(vesica_study_add_audience, get(), &labels, audience.get());
    return *this;
  }

  // Adds what a partial counted.
  Study& Load(std::string_view partial) {
    internal::Call(vesica_study_load, get(), static_cast<const void*>(partial.data()), partial.size());
    return *this;
  }

  // What was counted for the tables of these names, for all without any, as a partial.
  std::string Save(const std::vector<std::string>& tables = {}) {
    std::vector<const char*> names;
    for (const std::string& table : tables) names.push_back(table.c_str());
    size_t length = 0;
    const auto write = [&](void* buffer, size_t capacity) {
      internal::Call(vesica_study_save, get(), static_cast<const char* const*>(names.data()),
                     static_cast<uint32_t>(names.size()), buffer, capacity, &length);
    };
    write(nullptr, 0);
    std::string partial(length, '\0');
    write(&partial[0], partial.size());
    return partial;
  }

  vesica_event_quality Quality() const { return internal::Filled<vesica_event_quality>(vesica_study_quality, cget()); }
  vesica_event_problem Problem(uint32_t index) const {
    return internal::Filled<vesica_event_problem>(vesica_study_problem, cget(), index);
  }

  // The tables of these names; without any all there are.
  StudyAnswer Run(const std::vector<std::string>& tables = {}) {
    std::vector<const char*> names;
    for (const std::string& table : tables) names.push_back(table.c_str());
    vesica_study_answer* made = nullptr;
    internal::Call(vesica_study_run, get(), static_cast<const char* const*>(names.data()),
                   static_cast<uint32_t>(names.size()), &made);
    return StudyAnswer(made);
  }

  vesica_study* get() const noexcept { return handle_.get(); }

 private:
  const vesica_study* cget() const noexcept { return handle_.get(); }

  static std::vector<vesica_rename> Names(const TextPairs& renames) {
    std::vector<vesica_rename> names;
    for (const auto& [from, to] : renames) names.push_back({from.c_str(), to.c_str()});
    return names;
  }

  std::shared_ptr<const std::function<bool(double)>> progress_;  // of the context, which may go first
  internal::Handle<vesica_study, vesica_study_free> handle_;
};

// What a builder with these options makes of audiences of one stamp.
inline Audience MergeOf(Context& context, const std::vector<const Audience*>& audiences,
                        const vesica_builder_options& options) {
  std::vector<const vesica_audience*> c_audiences;
  for (const Audience* audience : audiences) c_audiences.push_back(audience == nullptr ? nullptr : audience->get());
  vesica_audience* made = nullptr;
  internal::Call(vesica_audience_merge, context.get(), static_cast<const vesica_audience* const*>(c_audiences.data()),
                 static_cast<uint32_t>(c_audiences.size()), &options, &made);
  return Audience(made);
}

// The overlap of two audiences.
inline vesica_overlap OverlapOf(Context& context, const Audience& a, const Audience& b) {
  return internal::Filled<vesica_overlap>(vesica_overlap_of_audiences, context.get(), a.get(), b.get());
}

// The overlap of two ranges of strings, in one call.
template <class StringsA, class StringsB>
vesica_overlap OverlapOf(const StringsA& a, const StringsB& b, const std::string& profile = "email/1") {
  Context context;
  std::vector<Source> sets;
  sets.emplace_back("A", a);
  sets.emplace_back("B", b);
  return Regions(context, Profile(profile), sets).Overlap(0, 1);
}

// A page or picture of an overlap of sets by these names.
inline std::string ReportOf(const vesica_overlap& overlap, const std::string& a, const std::string& b,
                            const ReportOptions& options = {}) {
  return internal::Report(options, vesica_overlap_report, &overlap, a.c_str(), b.c_str());
}

}  // namespace vesica::c

#endif  // VESICA_VESICA_HPP_
