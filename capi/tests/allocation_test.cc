// Every function that takes memory, with the n-th request for memory failing, n = 1, 2, ... until none is left to fail:
// the status is OUT_OF_MEMORY, no handle comes back, nothing is lost (the address sanitizer looks), and what was there
// before still works. Where a failed request is survived, the answer is the right one.
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "failing_memory.h"
#include "vesica.hpp"

namespace {

namespace vc = vesica::c;

constexpr int64_t kMostRequests = 1 << 30;

// Up to where every request fails once; beyond, an eighth of the way is left out at a time.
constexpr int64_t kEvery = 2048;
// For what parses lists of thousands of names, once in a process and starting over after each failure.
constexpr int64_t kFewer = 32;

// Runs `call` with failing memory until it succeeds without a failure. `check(ok)` runs after each, with memory again.
void FailEverywhere(const std::string& name, const std::function<vesica_status(vesica_error*)>& call,
                    const std::function<void(bool ok)>& check, int64_t every = kEvery) {
  SCOPED_TRACE(name);
  for (int64_t n = 1; n < kMostRequests; n += n < every ? 1 : n / 8) {
    vesica_error error{};
    error.struct_size = sizeof(error);
    failing_memory::FailAt(n);
    const vesica_status status = call(&error);
    const bool failed = failing_memory::Stop();
    check(status == VESICA_OK);
    if (!failed) {
      EXPECT_EQ(status, VESICA_OK) << error.message;
      return;
    }
    if (status == VESICA_OK) continue;
    ASSERT_EQ(status, VESICA_OUT_OF_MEMORY) << "request " << n << ": " << error.message;
    ASSERT_EQ(error.status, VESICA_OUT_OF_MEMORY);
    ASSERT_NE(error.message[0], '\0');
  }
  FAIL() << "asks for memory without end";
}

// For calls make(&out, error) that make a handle; `look` checks what was made.
template <class T, void (*free)(T*)>
void FailMaking(const std::string& name, const std::function<vesica_status(T**, vesica_error*)>& make,
                const std::function<void(const T*)>& look, int64_t every = kEvery) {
  static char stale;
  T* out = nullptr;
  FailEverywhere(
      name,
      [&](vesica_error* error) {
        out = reinterpret_cast<T*>(&stale);
        return make(&out, error);
      },
      [&](bool ok) {
        ASSERT_EQ(out != nullptr, ok);
        if (ok) look(out);
        free(out);
      },
      every);
}

// Enough rows that buffers grow, and some of every fate.
std::vector<std::string> Emails(int first, int last) {
  std::vector<std::string> keys = {"",
                                   "no at",
                                   "a@b@c",
                                   "info@example.com",
                                   "someone@gmail.com",
                                   "x@b\xc3\xbc"
                                   "cher.example"};
  for (int i = first; i < last; ++i) keys.push_back("person" + std::to_string(i) + "@Example.com");
  return keys;
}

const std::vector<std::string>& A() {
  static const std::vector<std::string> keys = Emails(0, 1000);
  return keys;
}
const std::vector<std::string>& B() {
  static const std::vector<std::string> keys = Emails(900, 1500);
  return keys;
}
constexpr double kCountA = 1003, kCountB = 603, kBoth = 103;

vc::Audience AudienceOf(vc::Context& context, const vc::Profile& profile, const std::vector<std::string>& keys) {
  return vc::Builder(context, profile).Add(vc::Column::OfStrings(keys)).Build();
}

double CountOf(const vesica_audience* audience) {
  vesica_estimate count{};
  EXPECT_EQ(vesica_audience_count(audience, &count, nullptr), VESICA_OK);
  return count.value;
}

void ExpectRegions(const vesica_regions* regions) {
  const double expected[] = {0, kCountA - kBoth, kCountB - kBoth, kBoth};
  for (uint32_t members = 1; members < 4; ++members) {
    vesica_estimate count{};
    EXPECT_EQ(vesica_regions_region(regions, members, &count, nullptr), VESICA_OK);
    EXPECT_EQ(count.value, expected[members]);
  }
}

TEST(FailingMemory, Context) {
  vesica_context_options options{};
  options.struct_size = sizeof(options);
  options.threads = 4;
  FailMaking<vesica_context, vesica_context_free>(
      "create", [&](auto** out, auto* error) { return vesica_context_create(&options, out, error); }, [](auto*) {});
}

TEST(FailingMemory, EveryProfile) {
  for (const vesica_profile_info& info : vc::Profile::List()) {
    vesica_profile_options options{};
    options.struct_size = sizeof(options);
    options.secret = "0123456789abcdef";
    options.secret_size = 16;
    options.country = (info.flags & VESICA_PROFILE_NEEDS_COUNTRY) != 0 ? "EE" : nullptr;
    FailMaking<vesica_profile, vesica_profile_free>(
        info.name, [&](auto** out, auto* error) { return vesica_profile_open(info.name, &options, out, error); },
        [](auto*) {}, kFewer);
  }
}

TEST(FailingMemory, Text) {
  const vc::Profile profile("email/1");
  const std::string stamp = profile.Stamp();
  char buffer[128];
  size_t length = 0;
  FailEverywhere(
      "stamp", [&](auto* error) { return vesica_profile_stamp(profile.get(), buffer, sizeof(buffer), &length, error); },
      [&](bool ok) { EXPECT_TRUE(!ok || stamp == buffer); });
}

TEST(FailingMemory, Canonicalize) {
  const vc::Profile profile("email/1");
  const std::string key =
      "Anna.Lindqvist.of.a.long.name@B\xc3\xbc"
      "cher.example";
  const std::string expected = profile.Canonicalize(key);
  char buffer[128];
  size_t length = 0;
  FailEverywhere(
      "canonicalize",
      [&](auto* error) {
        return vesica_profile_canonicalize(profile.get(), key.data(), key.size(), VESICA_ENCODING_PLAIN, buffer,
                                           sizeof(buffer), &length, nullptr, error);
      },
      [&](bool ok) { EXPECT_TRUE(!ok || std::string(buffer, length) == expected); });
}

TEST(FailingMemory, RegionsOfSources) {
  const vc::Profile profile("email/1");
  const vc::Source a("A", A()), b("B", B());
  const vesica_source sets[] = {a.get(), b.get()};
  for (const uint32_t threads : {1u, 2u}) {
    for (const uint32_t flags : {0u, VESICA_REGIONS_BYTE_CHECKED}) {
      vc::ContextOptions context_options;
      context_options.threads = threads;
      vc::Context context(context_options);
      vesica_regions_options options{};
      options.struct_size = sizeof(options);
      options.flags = flags;
      FailMaking<vesica_regions, vesica_regions_free>(
          "regions",
          [&](auto** out, auto* error) {
            return vesica_regions_of_sources(context.get(), profile.get(), sets, 2, &options, out, error);
          },
          [&](auto* regions) {
            ExpectRegions(regions);
            context.Trim();  // so that the next call asks again
          });
    }
  }
}

TEST(FailingMemory, Builder) {
  vc::Context context;
  const vc::Profile profile("google-datamanager-email/1");  // a name that strings do not hold in place
  FailMaking<vesica_builder, vesica_builder_free>(
      "create",
      [&](auto** out, auto* error) { return vesica_builder_create(context.get(), profile.get(), nullptr, out, error); },
      [](auto*) {});

  const vc::Column column = vc::Column::OfStrings(A());
  const vc::Source source("B", B());
  const vesica_source c_source = source.get();
  const vc::Audience before = AudienceOf(context, profile, {"z@example.org"});
  vc::Builder builder(context, profile);
  uint64_t rows = 0;
  const auto added = [&](uint64_t more) { return [&rows, more](bool ok) { rows += ok ? more : 0; }; };
  FailEverywhere(
      "add", [&](auto* error) { return vesica_builder_add(builder.get(), &column.get(), error); }, added(A().size()));
  FailEverywhere(
      "add_source", [&](auto* error) { return vesica_builder_add_source(builder.get(), &c_source, error); },
      added(B().size()));
  FailEverywhere(
      "merge", [&](auto* error) { return vesica_builder_merge(builder.get(), before.get(), error); }, added(1));
  FailMaking<vesica_audience, vesica_audience_free>(
      "build", [&](auto** out, auto* error) { return vesica_builder_build(builder.get(), out, error); },
      [&](auto* audience) {
        vesica_quality quality{};
        quality.struct_size = sizeof(quality);
        EXPECT_EQ(vesica_audience_quality(audience, &quality, nullptr), VESICA_OK);
        EXPECT_EQ(quality.rows, rows);  // failed calls have added nothing
        EXPECT_EQ(quality.count, kCountA + kCountB - kBoth + 1);
        builder.Merge(before).Add(column).Add(source);  // for the next round, the same keys once
        rows = 1 + A().size() + B().size();
      });
}

constexpr uint32_t kSketches[] = {VESICA_REPRESENTATION_MINHASH, VESICA_REPRESENTATION_HYPERLOGLOG};

TEST(FailingMemory, SketchBuilder) {
  vc::Context context;
  const vc::Profile profile("email/1");
  for (const uint32_t kind : kSketches) {
    const vesica_builder_options options = vc::SketchOptions(kind, 1024);
    FailMaking<vesica_builder, vesica_builder_free>(
        "create",
        [&](auto** out, auto* error) {
          return vesica_builder_create(context.get(), profile.get(), &options, out, error);
        },
        [](auto*) {});
    const vc::Column column = vc::Column::OfStrings(A());
    const vc::Audience other = vc::Builder(context, profile, &options).Add(vc::Column::OfStrings(B())).Build();
    const std::vector<uint8_t> whole = vc::Builder(context, profile, &options).Add(column).Merge(other).Build().Save();
    vc::Builder builder(context, profile, &options);
    FailEverywhere(
        "add", [&](auto* error) { return vesica_builder_add(builder.get(), &column.get(), error); }, [](bool) {});
    FailEverywhere(
        "merge", [&](auto* error) { return vesica_builder_merge(builder.get(), other.get(), error); }, [](bool) {});
    FailMaking<vesica_audience, vesica_audience_free>(
        "build", [&](auto** out, auto* error) { return vesica_builder_build(builder.get(), out, error); },
        [&](auto* audience) {
          std::vector<uint8_t> image(whole.size());
          size_t length = 0;
          EXPECT_EQ(vesica_audience_save(audience, image.data(), image.size(), &length, nullptr), VESICA_OK);
          EXPECT_EQ(image, whole);  // failed calls have added nothing
          builder.Merge(other).Add(column);
        });
  }
}

TEST(FailingMemory, Images) {
  vc::Context context;
  const vc::Profile profile("email/1");
  const vc::Audience exact = AudienceOf(context, profile, A());
  for (const uint32_t kind : {uint32_t{VESICA_REPRESENTATION_EXACT}, kSketches[0], kSketches[1]}) {
    const vesica_builder_options options = vc::SketchOptions(kind, 1024);
    FailMaking<vesica_audience, vesica_audience_free>(
        "sketch",
        [&](auto** out, auto* error) {
          return vesica_audience_sketch(context.get(), exact.get(), &options, out, error);
        },
        [](auto* audience) { EXPECT_EQ(CountOf(audience), kCountA); });
    const vc::Audience audience = exact.Sketch(context, options);
    const std::vector<uint8_t> whole = audience.Save();
    std::vector<uint8_t> image(whole.size());
    size_t length = 0;
    FailEverywhere(
        "save",
        [&](auto* error) { return vesica_audience_save(audience.get(), image.data(), image.size(), &length, error); },
        [&](bool ok) { EXPECT_TRUE(!ok || image == whole); });
    vesica_image_info info{};
    info.struct_size = sizeof(info);
    FailEverywhere(
        "describe", [&](auto* error) { return vesica_audience_describe(audience.get(), &info, error); }, [](bool) {});
    FailEverywhere(
        "inspect", [&](auto* error) { return vesica_image_inspect(whole.data(), whole.size(), &info, error); },
        [&](bool ok) { EXPECT_TRUE(!ok || info.size_bytes == whole.size()); });
    FailMaking<vesica_audience, vesica_audience_free>(
        "load",
        [&](auto** out, auto* error) {
          return vesica_audience_load(context.get(), whole.data(), whole.size(), out, error);
        },
        [](auto* loaded) { EXPECT_EQ(CountOf(loaded), kCountA); });
  }
}

TEST(FailingMemory, SketchComparisons) {
  vc::Context context;
  const vc::Profile profile("email/1");
  for (const uint32_t kind : kSketches) {
    const vesica_builder_options options = vc::SketchOptions(kind, 1024);
    const vc::Audience a = AudienceOf(context, profile, A()).Sketch(context, options),
                       b = AudienceOf(context, profile, B());
    const vesica_audience* audiences[] = {a.get(), b.get(), a.get()};
    vesica_overlap overlap{};
    overlap.struct_size = sizeof(overlap);
    FailEverywhere(
        "overlap",
        [&](auto* error) { return vesica_overlap_of_audiences(context.get(), a.get(), b.get(), &overlap, error); },
        [&](bool ok) { EXPECT_TRUE(!ok || overlap.a.value == kCountA); });
    FailMaking<vesica_regions, vesica_regions_free>(
        "regions",
        [&](auto** out, auto* error) {
          return vesica_regions_of_audiences(context.get(), audiences, nullptr, 3, out, error);
        },
        [](auto*) {}, /*every=*/kFewer);
    FailMaking<vesica_audience, vesica_audience_free>(
        "union",
        [&](auto** out, auto* error) { return vesica_audience_union(context.get(), a.get(), b.get(), out, error); },
        [](auto*) {});
  }
}

TEST(FailingMemory, SetOperations) {
  vc::Context context;
  const vc::Profile profile("email/1");
  const vc::Audience a = AudienceOf(context, profile, A()), b = AudienceOf(context, profile, B());
  const struct {
    const char* name;
    decltype(&vesica_audience_union) function;
    double expected;
  } operations[] = {{"union", vesica_audience_union, kCountA + kCountB - kBoth},
                    {"intersection", vesica_audience_intersection, kBoth},
                    {"difference", vesica_audience_difference, kCountA - kBoth}};
  for (const auto& operation : operations) {
    FailMaking<vesica_audience, vesica_audience_free>(
        operation.name,
        [&](auto** out, auto* error) { return operation.function(context.get(), a.get(), b.get(), out, error); },
        [&](auto* audience) { EXPECT_EQ(CountOf(audience), operation.expected); });
  }
}

TEST(FailingMemory, Contains) {
  vc::Context context;
  const vc::Profile profile("email/1");
  const vc::Audience a = AudienceOf(context, profile, A());
  const vc::Column keys = vc::Column::OfStrings(B());
  std::vector<uint8_t> found(B().size());
  FailEverywhere(
      "contains",
      [&](auto* error) {
        return vesica_audience_contains(context.get(), a.get(), profile.get(), &keys.get(), found.data(), found.size(),
                                        error);
      },
      [&](bool ok) {
        const auto count = std::count(found.begin(), found.end(), 1);
        EXPECT_TRUE(!ok || static_cast<double>(count) == kBoth) << count;
      });
}

TEST(FailingMemory, Comparisons) {
  vc::Context context;
  const vc::Profile profile("email/1");
  const vc::Audience a = AudienceOf(context, profile, A()), b = AudienceOf(context, profile, B());
  const vesica_audience* audiences[] = {a.get(), b.get()};
  vesica_overlap overlap{};
  overlap.struct_size = sizeof(overlap);
  FailEverywhere(
      "overlap",
      [&](auto* error) { return vesica_overlap_of_audiences(context.get(), a.get(), b.get(), &overlap, error); },
      [&](bool ok) { EXPECT_TRUE(!ok || overlap.intersection.value == kBoth); });
  FailMaking<vesica_regions, vesica_regions_free>(
      "regions",
      [&](auto** out, auto* error) {
        return vesica_regions_of_audiences(context.get(), audiences, nullptr, 2, out, error);
      },
      ExpectRegions);
  FailMaking<vesica_matrix, vesica_matrix_free>(
      "matrix",
      [&](auto** out, auto* error) {
        return vesica_matrix_of_audiences(context.get(), audiences, nullptr, 2, out, error);
      },
      [](auto* matrix) {
        vesica_overlap pair{};
        pair.struct_size = sizeof(pair);
        EXPECT_EQ(vesica_matrix_overlap(matrix, 0, 1, &pair, nullptr), VESICA_OK);
        EXPECT_EQ(pair.intersection.value, kBoth);
      });
}

TEST(FailingMemory, Json) {
  vc::Context context;
  const vc::Profile profile("email/1");
  const vc::Audience a = AudienceOf(context, profile, A()), b = AudienceOf(context, profile, B());
  const vc::Regions regions(context, {&a, &b});
  const vc::Matrix matrix(context, {&a, &b});
  size_t length = 0;
  FailEverywhere(
      "regions", [&](auto* error) { return vesica_regions_json(regions.get(), nullptr, 0, &length, error); },
      [](bool) {});
  FailEverywhere(
      "matrix", [&](auto* error) { return vesica_matrix_json(matrix.get(), nullptr, 0, &length, error); }, [](bool) {});
}

TEST(FailingMemory, Reports) {
  vc::Context context;
  const vc::Profile profile("email/1");
  const vc::Audience a = AudienceOf(context, profile, A()), b = AudienceOf(context, profile, B());
  const vc::Regions regions(context, {&a, &b});
  size_t length = 0;
  vesica_output output{};
  output.struct_size = sizeof(output);
  output.length = &length;
  for (const uint32_t format : {VESICA_REPORT_HTML, VESICA_REPORT_SVG, VESICA_REPORT_LAYOUT}) {
    vesica_report_options options{};
    options.struct_size = sizeof(options);
    options.format = format;
    FailEverywhere(
        "regions", [&](auto* error) { return vesica_regions_report(regions.get(), &options, &output, error); },
        [](bool) {});
  }
}

TEST(FailingMemory, FiguresTable) {
  FailMaking<vesica_table, vesica_table_free>(
      "figures", [](auto** out, auto* error) { return vesica_report_figures(out, error); }, [](auto*) {});
}

TEST(FailingMemory, Tables) {
  vc::Context context;
  const vc::Profile profile("email/1");
  const vc::Audience a = AudienceOf(context, profile, A()), b = AudienceOf(context, profile, B());
  const vc::Regions regions(context, {&a, &b}, {"not \xff UTF-8", "b"});
  const vc::Matrix matrix(context, {&a, &b});
  const vesica_plan_question question = vc::PlanQuestion(1000, 2000, 0.5, 0.5);
  for (const uint32_t which : {VESICA_TABLE_SETS, VESICA_TABLE_REGIONS, VESICA_TABLE_PAIRS, VESICA_TABLE_WARNINGS}) {
    FailMaking<vesica_table, vesica_table_free>(
        "regions", [&](auto** out, auto* error) { return vesica_regions_table(regions.get(), which, out, error); },
        [](auto*) {});
  }
  FailMaking<vesica_table, vesica_table_free>(
      "matrix",
      [&](auto** out, auto* error) { return vesica_matrix_table(matrix.get(), VESICA_TABLE_PAIRS, out, error); },
      [](auto*) {});
  FailMaking<vesica_table, vesica_table_free>(
      "plan", [&](auto** out, auto* error) { return vesica_plan_table(&question, out, error); }, [](auto*) {},
      /*every=*/kFewer);
  FailMaking<vesica_table, vesica_table_free>("profiles", vesica_profiles_table, [](auto*) {});
}

TEST(FailingMemory, Study) {
  vc::Context context;
  const vc::Profile profile("email/1");
  vc::Study study(context, profile, {{"by", "summary"}, {"force_by", "true"}});
  ArrowArrayStream profiles{};
  vc::Table::OfProfiles().Arrow(&profiles);  // any record batches with two columns of text will do
  ArrowSchema schema{};
  ArrowArray array{};
  ASSERT_EQ(profiles.get_schema(&profiles, &schema), 0);
  ASSERT_EQ(profiles.get_next(&profiles, &array), 0);
  const vesica_rename renames[] = {{"name", "person"}, {"source", "event"}};
  const auto filled = [&](vesica_study** out, vesica_error* error) {
    const vesica_setting settings[] = {{"by", "summary"}, {"force_by", "true"}};
    vesica_study_options options{};
    options.struct_size = sizeof(options);
    options.settings = settings;
    options.setting_count = 2;
    vesica_status status = vesica_study_create(context.get(), profile.get(), &options, out, error);
    if (status == VESICA_OK) status = vesica_study_add(*out, &array, &schema, renames, 2, error);
    if (status == VESICA_OK) return status;
    vesica_study_free(*out);
    *out = nullptr;
    return status;
  };
  FailMaking<vesica_study, vesica_study_free>(
      "create and add", filled,
      [](auto* made) {
        vesica_event_quality quality{};
        quality.struct_size = sizeof(quality);
        EXPECT_EQ(vesica_study_quality(made, &quality, nullptr), VESICA_OK);
        EXPECT_EQ(quality.rows, vesica_profile_count());
      },
      /*every=*/kFewer);
  study.Add(schema, array, {{"name", "person"}, {"source", "event"}});
  const std::string expected = study.Run().Json();
  FailMaking<vesica_study_answer, vesica_study_answer_free>(
      "run", [&](auto** out, auto* error) { return vesica_study_run(study.get(), nullptr, 0, out, error); },
      [&](auto* answer) {
        std::string text(expected.size() + 1, '\0');
        size_t length = 0;
        EXPECT_EQ(vesica_study_answer_json(answer, text.data(), text.size(), &length, nullptr), VESICA_OK);
        EXPECT_EQ(text.c_str(), expected);  // failed calls have changed nothing
      },
      /*every=*/kFewer);
  FailMaking<vesica_table, vesica_table_free>("contents", vesica_study_contents, [](auto*) {});
  const vc::TextPairs settings = {{"by", "summary"}, {"force_by", "true"}, {"as_of", "2024-01-01"}};
  vc::Study saving(context, profile, settings);
  saving.Add(schema, array, {{"name", "person"}, {"source", "event"}});
  const std::string partial = saving.Save();
  std::string saved(partial.size(), '\0');
  size_t size = 0;
  FailEverywhere(
      "save",
      [&](auto* error) {
        return vesica_study_save(saving.get(), nullptr, 0, saved.data(), saved.size(), &size, error);
      },
      [&](bool ok) { EXPECT_TRUE(!ok || saved == partial); }, /*every=*/kFewer);
  vc::Study loading(context, profile, settings);
  bool loaded = false;
  FailEverywhere(
      "load",
      [&](auto* error) {
        if (loaded) return vesica_status{VESICA_OK};
        const vesica_status status = vesica_study_load(loading.get(), partial.data(), partial.size(), error);
        loaded = status == VESICA_OK;
        return status;
      },
      [](bool) {}, /*every=*/kFewer);
  EXPECT_EQ(loading.Save(), partial);
  schema.release(&schema);
  array.release(&array);
  profiles.release(&profiles);
}

TEST(FailingMemory, TableText) {
  vc::Context context;
  const vc::Audience a = AudienceOf(context, vc::Profile("email/1"), A());
  const vc::Table table(vc::Regions(context, {&a, &a}), VESICA_TABLE_PAIRS);
  const std::string json = table.Json(), csv = table.Csv();
  std::string text(std::max(json.size(), csv.size()) + 1, '\0');
  size_t length = 0;
  FailEverywhere(
      "json", [&](auto* error) { return vesica_table_json(table.get(), text.data(), text.size(), &length, error); },
      [&](bool ok) { EXPECT_TRUE(!ok || text.c_str() == json); });
  FailEverywhere(
      "csv", [&](auto* error) { return vesica_table_csv(table.get(), text.data(), text.size(), &length, error); },
      [&](bool ok) { EXPECT_TRUE(!ok || text.c_str() == csv); });
}

TEST(FailingMemory, TableArrow) {
  const vc::Table table = vc::Table::OfProfiles();
  ArrowArrayStream stream{};
  const auto release = [](auto* exported) {
    if (exported->release != nullptr) exported->release(exported);
  };
  FailEverywhere(
      "stream", [&](auto* error) { return vesica_table_arrow(table.get(), &stream, error); },
      [&](bool ok) {
        EXPECT_EQ(stream.release != nullptr, ok);
        release(&stream);
      });
  table.Arrow(&stream);
  const auto status_of = [](int code) { return code == 0 ? VESICA_OK : VESICA_OUT_OF_MEMORY; };
  const auto call = [&](auto function, auto* out) {
    return [&, function, out](vesica_error* error) {
      const vesica_status status = status_of(function(&stream, out));
      error->status = status;
      error->message[0] = stream.get_last_error(&stream)[0];
      return status;
    };
  };
  ArrowSchema schema{};
  FailEverywhere("schema", call(stream.get_schema, &schema), [&](bool ok) {
    EXPECT_EQ(schema.release != nullptr, ok);
    release(&schema);
  });
  ArrowArray array{};
  FailEverywhere("array", call(stream.get_next, &array), [&](bool ok) {
    EXPECT_EQ(array.release != nullptr, ok);
    EXPECT_TRUE(!ok || array.length == static_cast<int64_t>(vesica_profile_count()));
    release(&array);
  });
  release(&stream);
}

// As vesica.h promises: what it asks for does not grow with the audiences.
TEST(Memory, OverlapOfAudiencesTakesMemoryForNeither) {
  vc::Context context;
  const vc::Profile profile("email/1");
  const vc::Audience a = AudienceOf(context, profile, A()), b = AudienceOf(context, profile, B());
  const vc::Audience one = AudienceOf(context, profile, {"a@example.com"});
  const auto requests = [&](const vc::Audience& x, const vc::Audience& y) {
    const int64_t before = failing_memory::Requests();
    vc::OverlapOf(context, x, y);
    return failing_memory::Requests() - before;
  };
  EXPECT_EQ(requests(a, b), requests(one, one));
}

}  // namespace
