#ifndef VESICA_SIMULATOR_CALENDAR_H_
#define VESICA_SIMULATOR_CALENDAR_H_

#include <cstdint>
#include <string>

namespace vesica_simulator {

// Day 0 of every plan is 2024-01-01.
inline constexpr int64_t kFirstSecond = 1'704'067'200;  // since 1970

struct Date {
  uint32_t year, month, day;
};

// Of a day from 2024-01-01 on.
Date DateOf(uint32_t day);

// Months since January 2024.
inline uint32_t MonthOf(const Date& date) { return (date.year - 2024) * 12 + date.month - 1; }

// "2024-01-31".
std::string DateText(uint32_t day);

// "2024-01-31T23:59:59Z".
std::string TimeText(uint32_t second);

}  // namespace vesica_simulator

#endif  // VESICA_SIMULATOR_CALENDAR_H_
