#include <algorithm>
#include <cmath>
#include <iterator>
#include <memory>
#include <nlohmann/json.hpp>

#include "commands.h"
#include "escape.h"
#include "image_file.h"
#include "session.h"
#include "text_table.h"

namespace vesica_cli {
namespace {

struct InspectOptions {
  std::vector<std::string> inputs;
  bool json = false;
};

const char* KindOf(const vesica_image_info& info) {
  static constexpr const char* kNames[] = {"exact", "minhash", "hyperloglog"};
  return info.representation < std::size(kNames) ? kNames[info.representation] : "unknown";
}

nlohmann::ordered_json ToJson(const std::string& path, const vesica_image_info& info, const vesica_estimate& count) {
  nlohmann::ordered_json json;
  json["file"] = Escaped(path);
  json["kind"] = KindOf(info);
  json["profile"] = info.profile;
  json["stamp"] = info.stamp;
  json["format_version"] = info.format_version;
  json["size_bytes"] = info.size_bytes;
  json["sketch_bytes"] = info.sketch_bytes;
  json["hash_bits"] = info.hash_bits;
  json["mantissa_bits"] = info.mantissa_bits;
  json["entries"] = info.entries;
  json["exact_count"] = nullptr;
  if ((info.flags & VESICA_IMAGE_EXACT_COUNT) != 0) json["exact_count"] = info.exact_count;
  for (const auto& [key, value] : {std::pair("count", count.value), {"lower", count.lower}, {"upper", count.upper}}) {
    json[key] = static_cast<uint64_t>(std::llround(std::min(value, 0x1p62)));
  }
  return json;
}

std::string ToText(const std::string& path, const vesica_image_info& info, const vesica_estimate& count) {
  std::string text = Escaped(path) + "\n";
  const auto line = [&](std::string name, const std::string& value) {
    name.resize(12, ' ');
    text += "  " + name + value + "\n";
  };
  line("kind", DescribeImage(info));
  line("stamp", info.stamp);
  line("keys", IntervalText(count) + (count.lower < count.upper ? ", 95 %" : ""));
  line("entries", CountText(info.entries));
  if ((info.flags & VESICA_IMAGE_EXACT_COUNT) != 0) line("exact count", CountText(info.exact_count));
  line("size", CountText(info.size_bytes) + " bytes, format " + std::to_string(info.format_version));
  return text;
}

Failure RunInspect(const InspectOptions& options) {
  ContextHandle context;
  Progress progress(true);
  if (Failure failure = OpenContext(RunOptions(), &progress, &context)) return failure;
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  std::string text;
  for (const std::string& path : options.inputs) {
    Image image;
    AudienceHandle audience;
    if (Failure failure = ReadImage(path, &image)) return failure;
    if (Failure failure = LoadImage(image, context.get(), &audience)) return failure;
    vesica_estimate count = {};
    vesica_error error = NoError();
    if (Failure failure = FromLibrary(vesica_audience_count(audience.get(), &count, &error), error)) return failure;
    text += (text.empty() ? "" : "\n") + ToText(path, image.info, count);
    all.push_back(ToJson(path, image.info, count));
  }
  return WriteOut(options.json ? all.dump(2) + "\n" : text);
}

}  // namespace

void AddInspectCommand(CLI::App* program, Command* chosen) {
  const auto options = std::make_shared<InspectOptions>();
  CLI::App* command = program->add_subcommand("inspect", "What images are, what they go with, and how many keys.");
  command->add_option("IMAGE", options->inputs, "Files that `vesica sketch` wrote")->required()->type_name("");
  command->add_flag("--json", options->json, "Answer in JSON");
  command->callback([=] { *chosen = [=] { return RunInspect(*options); }; });
}

}  // namespace vesica_cli
