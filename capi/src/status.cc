#include "vesica/status.h"

#include "vesica.h"
#include "vesica/identity.h"
#include "vesica/overlap.h"

#define VESICA_TEXT_INNER_(x) #x
#define VESICA_TEXT_(x) VESICA_TEXT_INNER_(x)

namespace {

using vesica::ErrorCode;
using vesica::Method;
using vesica::Reason;
using vesica::StampField;

// The C++ enumerations number what they name as vesica.h does.
constexpr bool Same(auto cpp, auto c) { return static_cast<int64_t>(cpp) == static_cast<int64_t>(c); }
static_assert(Same(ErrorCode::kOk, VESICA_OK) && Same(ErrorCode::kInvalidArgument, VESICA_INVALID_ARGUMENT) &&
              Same(ErrorCode::kInvalidKey, VESICA_INVALID_KEY) &&
              Same(ErrorCode::kIdentityMismatch, VESICA_IDENTITY_MISMATCH) &&
              Same(ErrorCode::kOutOfMemory, VESICA_OUT_OF_MEMORY) && Same(ErrorCode::kOverBudget, VESICA_OVER_BUDGET) &&
              Same(ErrorCode::kBufferTooSmall, VESICA_BUFFER_TOO_SMALL) &&
              Same(ErrorCode::kCancelled, VESICA_CANCELLED) && Same(ErrorCode::kCorrupt, VESICA_CORRUPT) &&
              Same(ErrorCode::kTooNew, VESICA_TOO_NEW) && Same(ErrorCode::kIo, VESICA_IO) &&
              Same(ErrorCode::kUnsupported, VESICA_UNSUPPORTED) && Same(ErrorCode::kInternal, VESICA_INTERNAL));
static_assert(Same(StampField::kNone, VESICA_FIELD_NONE) && Same(StampField::kProfile, VESICA_FIELD_PROFILE) &&
              Same(StampField::kData, VESICA_FIELD_DATA) && Same(StampField::kFamily, VESICA_FIELD_FAMILY) &&
              Same(StampField::kWidth, VESICA_FIELD_WIDTH) && Same(StampField::kSecret, VESICA_FIELD_SECRET));
static_assert(Same(Reason::kBlank, VESICA_REASON_BLANK) && Same(Reason::kNoAt, VESICA_REASON_NO_AT) &&
              Same(Reason::kSeveralAt, VESICA_REASON_SEVERAL_AT) && Same(Reason::kQuoted, VESICA_REASON_QUOTED) &&
              Same(Reason::kComment, VESICA_REASON_COMMENT) && Same(Reason::kDisplayName, VESICA_REASON_DISPLAY_NAME) &&
              Same(Reason::kLocalPart, VESICA_REASON_LOCAL_PART) && Same(Reason::kDomain, VESICA_REASON_DOMAIN) &&
              Same(Reason::kNoDot, VESICA_REASON_NO_DOT) && Same(Reason::kTooLong, VESICA_REASON_TOO_LONG) &&
              Same(Reason::kEncoding, VESICA_REASON_ENCODING) && Same(Reason::kDigest, VESICA_REASON_DIGEST) &&
              Same(Reason::kPhone, VESICA_REASON_PHONE) && Same(Reason::kInteger, VESICA_REASON_INTEGER) &&
              Same(Reason::kNoAccount, VESICA_REASON_NO_ACCOUNT) &&
              Same(Reason::kPublicSuffix, VESICA_REASON_PUBLIC_SUFFIX) && Same(Reason::kName, VESICA_REASON_NAME));
static_assert(Same(Method::kExact64, VESICA_METHOD_EXACT_64) && Same(Method::kExact128, VESICA_METHOD_EXACT_128) &&
              Same(Method::kExactBytes, VESICA_METHOD_EXACT_BYTES));
static_assert(Same(Method::kMinHash, VESICA_METHOD_MINHASH) && Same(Method::kHyperLogLog, VESICA_METHOD_HYPERLOGLOG));
static_assert(Same(vesica::Representation::kExact, VESICA_REPRESENTATION_EXACT) &&
              Same(vesica::Representation::kMinHash, VESICA_REPRESENTATION_MINHASH) &&
              Same(vesica::Representation::kHyperLogLog, VESICA_REPRESENTATION_HYPERLOGLOG));
static_assert(Same(vesica::kNoRow, VESICA_NO_ROW) && Same(vesica::kNoIndex, VESICA_NO_INDEX));

}  // namespace

extern "C" {

const char* vesica_version(void) {
  return VESICA_TEXT_(VESICA_VERSION_MAJOR) "." VESICA_TEXT_(VESICA_VERSION_MINOR) "." VESICA_TEXT_(
      VESICA_VERSION_PATCH);
}

const char* vesica_status_text(vesica_status status) {
  switch (status) {
    case VESICA_OK:
      return "ok";
    case VESICA_INVALID_ARGUMENT:
      return "invalid argument";
    case VESICA_INVALID_KEY:
      return "invalid key";
    case VESICA_IDENTITY_MISMATCH:
      return "identity mismatch";
    case VESICA_OUT_OF_MEMORY:
      return "out of memory";
    case VESICA_OVER_BUDGET:
      return "over the memory budget";
    case VESICA_BUFFER_TOO_SMALL:
      return "buffer too small";
    case VESICA_CANCELLED:
      return "cancelled";
    case VESICA_CORRUPT:
      return "corrupt data";
    case VESICA_TOO_NEW:
      return "format too new";
    case VESICA_IO:
      return "input failed";
    case VESICA_UNSUPPORTED:
      return "unsupported";
    case VESICA_INTERNAL:
      return "internal error";
    default:
      return "unknown status";
  }
}

// The views are of string literals, which end with NUL.
const char* vesica_reason_text(uint32_t reason) {
  return reason < vesica::kReasonCount ? vesica::ReasonText(static_cast<Reason>(reason)).data() : "unknown reason";
}

const char* vesica_method_text(uint32_t method) {
  if (method < VESICA_METHOD_EXACT_64 || method > VESICA_METHOD_HYPERLOGLOG) return "unknown";
  return vesica::MethodText(static_cast<Method>(method)).data();
}

}  // extern "C"
