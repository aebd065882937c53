#ifndef VESICA_LIB_BASE_ENDIAN_H_
#define VESICA_LIB_BASE_ENDIAN_H_

#include <bit>
#include <cstdint>
#include <cstring>

namespace vesica {

// Element `index` of an array of T in the machine's byte order, which need not be aligned.
template <class T>
inline T Load(const void* array, uint64_t index = 0) {
  T value;
  std::memcpy(&value, static_cast<const char*>(array) + index * sizeof(T), sizeof(T));
  return value;
}

// 8 bytes, lowest first, on every machine. Said twice because GCC 12 makes eight loads of the portable form.
inline uint64_t LoadLittle64(const void* bytes) {
  if constexpr (std::endian::native == std::endian::little) return Load<uint64_t>(bytes);
  const auto* b = static_cast<const unsigned char*>(bytes);
  uint64_t value = 0;
  for (int i = 7; i >= 0; --i) value = value << 8 | b[i];
  return value;
}
inline void StoreLittle64(uint64_t value, void* bytes) {
  if constexpr (std::endian::native == std::endian::little) {
    std::memcpy(bytes, &value, sizeof(value));
  } else {
    auto* b = static_cast<unsigned char*>(bytes);
    for (int i = 0; i < 8; ++i) b[i] = static_cast<unsigned char>(value >> 8 * i);
  }
}

}  // namespace vesica

#endif  // VESICA_LIB_BASE_ENDIAN_H_
