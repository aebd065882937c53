// The cases of tests/cross through the C++ library: cross IMAGES OUT CASE...; see README.md.
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "study_of_events.h"
#include "vesica/audience.h"
#include "vesica/context.h"
#include "vesica/hash.h"
#include "vesica/identity.h"
#include "vesica/json.h"
#include "vesica/keys.h"
#include "vesica/overlap.h"
#include "vesica/report.h"
#include "vesica/wire.h"

namespace vesica {
namespace {

struct KeySet {
  std::string name;
  std::vector<std::optional<std::string>> keys;
};

struct Case {
  std::map<std::string, std::string> options;
  std::vector<KeySet> sets;

  std::string Option(const std::string& name, const std::string& otherwise) const {
    const auto found = options.find(name);
    return found == options.end() ? otherwise : found->second;
  }
};

void Check(const absl::Status& status) {
  if (status.ok()) return;
  std::cerr << "cross: " << status << "\n";
  std::exit(1);
}

template <class T>
T ValueOf(absl::StatusOr<T> value) {
  Check(value.status());
  return *std::move(value);
}

Case ReadCase(const std::filesystem::path& path) {
  Case found;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    const size_t space = line.find(' ');
    const std::string word = line.substr(0, space);
    const std::string rest = space == std::string::npos ? "" : line.substr(space + 1);
    if (line.starts_with('=')) {
      found.sets.back().keys.emplace_back(line.substr(1));
    } else if (line == "-") {
      found.sets.back().keys.emplace_back();
    } else if (word == "many") {
      size_t used = 0;
      const int first = std::stoi(rest, &used), last = std::stoi(rest.substr(used));
      for (int i = first; i < last; ++i) {
        found.sets.back().keys.push_back("person" + std::to_string(i) + "@example.com");
      }
    } else if (word == "set") {
      found.sets.push_back({rest, {}});
    } else {
      found.options[word] = rest;
    }
  }
  return found;
}

Identity IdentityOf(const Case& one) {
  const Profile profile = ValueOf(Profile::Open(one.Option("profile", "email/1"), one.Option("country", "")));
  const std::string secret = one.Option("secret", "");
  const std::span<const uint8_t> bytes(reinterpret_cast<const uint8_t*>(secret.data()), secret.size());
  const HashWidth width = one.Option("hash_bits", "64") == "128" ? HashWidth::k128 : HashWidth::k64;
  return ValueOf(Identity::Create(profile, width, bytes));
}

BuilderOptions BuilderOptionsOf(const Case& one) {
  BuilderOptions options;
  const std::string representation = one.Option("representation", "exact");
  if (representation == "minhash") options.representation = Representation::kMinHash;
  if (representation == "hyperloglog") options.representation = Representation::kHyperLogLog;
  options.bytes = std::stoul(one.Option("bytes", "16384"));
  return options;
}

std::vector<KeySpan> SpansOf(const KeySet& set) {
  std::vector<KeySpan> spans;
  for (const auto& key : set.keys) spans.push_back(key ? KeySpan{key->data(), key->size()} : KeySpan{nullptr, 0});
  return spans;
}

void Write(const std::filesystem::path& path, const std::string& content) {
  std::ofstream file(path, std::ios::binary);
  if (!(file << content).flush()) Check(absl::UnavailableError("cannot write " + path.string()));
}

Audience LoadFrom(const std::filesystem::path& path, Context& context) {
  std::ifstream file(path, std::ios::binary);
  const std::string image(std::istreambuf_iterator<char>(file), {});
  return ValueOf(Load({reinterpret_cast<const uint8_t*>(image.data()), image.size()}, context));
}

Regions Compare(const std::vector<Audience>& audiences, const Case& one, Context& context) {
  std::vector<const Audience*> sets;
  std::vector<std::string> names;
  for (size_t i = 0; i < audiences.size(); ++i) {
    sets.push_back(&audiences[i]);
    names.push_back(one.sets[i].name);
  }
  return ValueOf(RegionsOf(sets, names, context));
}

// The picture, the page and the layout.
void WriteReports(const Regions& regions, const std::filesystem::path& out) {
  const std::pair<ReportFormat, const char*> kinds[] = {
      {ReportFormat::kSvg, "images.svg"}, {ReportFormat::kHtml, "images.html"}, {ReportFormat::kLayout, "layout.json"}};
  for (const auto& [format, name] : kinds) {
    std::string text;
    Check(WriteReport(regions, {.format = format}, [&](std::string_view piece) {
      text += piece;
      return absl::OkStatus();
    }));
    Write(out / name, text);
  }
}

void Run(const Case& one, const std::filesystem::path& images, const std::filesystem::path& out) {
  const Identity identity = IdentityOf(one);
  const BuilderOptions options = BuilderOptionsOf(one);
  const std::string encoding = one.Option("encoding", "plain");
  Context context = ValueOf(Context::Create({}));

  std::vector<std::vector<KeySpan>> spans;
  std::vector<ColumnsSource> sources;
  std::vector<Audience> built, loaded;
  for (const KeySet& set : one.sets) {
    spans.push_back(SpansOf(set));
    KeyColumn column = ColumnFromSpans(spans.back());
    if (encoding == "hex") column.encoding = KeyEncoding::kHex;
    if (encoding == "base64") column.encoding = KeyEncoding::kBase64;
    sources.emplace_back(std::vector<KeyColumn>{column}).name = set.name;
    AudienceBuilder builder = ValueOf(AudienceBuilder::Create(context, identity, options));
    Check(builder.Add(column));
    built.push_back(ValueOf(builder.Build()));
    Write(out / (set.name + ".vsc"), ValueOf(Save(built.back())));
    loaded.push_back(LoadFrom(images / (set.name + ".vsc"), context));
  }
  if (options.representation == Representation::kExact) {
    std::vector<const KeySource*> sets;
    for (const ColumnsSource& source : sources) sets.push_back(&source);
    Write(out / "columns.json", ToJson(ValueOf(CountRegions(sets, identity, {}, context))));
  } else {
    Write(out / "columns.json", ToJson(Compare(built, one, context)));
  }
  const Regions regions = Compare(loaded, one, context);
  Write(out / "images.json", ToJson(regions));
  WriteReports(regions, out);
}

}  // namespace
}  // namespace vesica

int main(int argc, char** argv) {
  for (int i = 3; i < argc; ++i) {
    const std::filesystem::path path = argv[i];
    if (path.extension() == ".study") {
      vesica::RunStudy(path, argv[2] / path.stem());
    } else {
      vesica::Run(vesica::ReadCase(path), argv[1] / path.stem(), argv[2] / path.stem());
    }
  }
  return argc > 3 ? 0 : 1;
}
