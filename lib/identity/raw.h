#ifndef VESICA_LIB_IDENTITY_RAW_H_
#define VESICA_LIB_IDENTITY_RAW_H_

#include <string_view>

#include "identity/canonicalizer.h"

namespace vesica {

// raw/1: any bytes but none.
class RawBytes : public Canonicalizer {
 public:
  Canonical Text(std::string_view key, KeyEncoding encoding, Scratch& scratch) const override;
  bool is_raw() const override { return true; }
};

// int64/1: signed 64-bit integers, as such or in decimal.
class Integers : public Canonicalizer {
 public:
  Canonical Text(std::string_view key, KeyEncoding encoding, Scratch& scratch) const override;
  bool takes_integers() const override { return true; }
};

}  // namespace vesica

#endif  // VESICA_LIB_IDENTITY_RAW_H_
