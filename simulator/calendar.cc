#include "calendar.h"

#include <array>
#include <cstdio>

namespace vesica_simulator {

Date DateOf(uint32_t day) {
  constexpr std::array<uint32_t, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  Date date{2024, 1, 1};
  for (;; date.month = date.month % 12 + 1, date.year += date.month == 1) {
    const bool leap = date.year % 4 == 0 && (date.year % 100 != 0 || date.year % 400 == 0);
    const uint32_t length = kDays[date.month - 1] + (date.month == 2 && leap);
    if (day < length) break;
    day -= length;
  }
  date.day = day + 1;
  return date;
}

std::string DateText(uint32_t day) {
  const Date date = DateOf(day);
  char text[48];
  std::snprintf(text, sizeof(text), "%04u-%02u-%02u", date.year, date.month, date.day);
  return text;
}

std::string TimeText(uint32_t second) {
  char text[48];
  const uint32_t in_day = second % 86'400;
  std::snprintf(text, sizeof(text), "T%02u:%02u:%02uZ", in_day / 3600, in_day / 60 % 60, in_day % 60);
  return DateText(second / 86'400) + text;
}

}  // namespace vesica_simulator
