// Loads partials of hostile contents. The fuzzer does not find checksums, so length and checksum are set right; the
// rest is as given. Whatever loads must give all tables, and save to bytes that load and save to themselves; whatever
// does not must be an error of damaged or foreign partials, without memory out of proportion.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "alignment/partial_frame.h"
#include "vesica/status.h"
#include "vesica/study.h"

namespace {

using namespace vesica;

void Require(bool condition) {
  if (!condition) std::abort();
}

StudyOptions Options() {
  StudyOptions options;
  options.by = {"region"};
  options.strata = options.role = "region";
  options.as_of = 1'714'521'599 * (kHour / 3600);
  options.stages = {"MQL", "SQL", "Won"};
  options.partitions = 1;
  options.resamples = 10;
  return options;
}

Study NewStudy(const Context& context) {
  static const auto* identity = new Identity(Identity::Create(Profile::Open("email/1").value()).value());
  return Study::Create(context, *identity, Options()).value();
}

std::span<const uint8_t> Bytes(const std::string& image) {
  return {reinterpret_cast<const uint8_t*>(image.data()), image.size()};
}

void CheckSaved(Study& study, const Context& context) {
  const auto saved = study.Save();
  if (saved.ok()) {
    Study again = NewStudy(context);
    Require(again.Load(Bytes(*saved)).ok() && again.Save().value() == *saved);
  }
  const auto answer = AnswerOf(study);
  if (answer.ok()) Require(ToJson(*answer).size() == answer->JsonSize());
}

// One study refuses them all: each refusal leaves it as it was. A new one is made for the next when one is loaded.
void CheckLoad(const std::string& image) {
  static auto* context = new Context(Context::Create({}).value());
  static auto* study = new Study(NewStudy(*context));
  static size_t largest = 0;
  largest = std::max(largest, image.size());
  const absl::Status loaded = study->Load(Bytes(image));
  Require(context->peak_bytes() <= 512 * largest + (4 << 20));
  if (loaded.ok()) {
    CheckSaved(*study, *context);
    delete study;
    delete context;
    context = new Context(Context::Create({}).value());
    study = new Study(NewStudy(*context));
    return;
  }
  const ErrorCode code = GetErrorInfo(loaded).code;
  Require(code == ErrorCode::kCorrupt || code == ErrorCode::kTooNew || code == ErrorCode::kIdentityMismatch ||
          code == ErrorCode::kInvalidArgument);
}

// The image with a length and a checksum that are right.
std::string Mended(const std::string& image) {
  if (image.size() < kPartialHeaderBytes + kPartialChecksumBytes) return image;
  std::string mended = image.substr(0, image.size() - kPartialChecksumBytes);
  ClosePartialFrame(&mended);
  return mended;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string image(reinterpret_cast<const char*>(data), size);
  const std::string mended = Mended(image);
  CheckLoad(image);
  if (mended != image) CheckLoad(mended);
  return 0;
}
