#ifndef VESICA_TESTS_MODEL_RANDOM_EVENTS_H_
#define VESICA_TESTS_MODEL_RANDOM_EVENTS_H_

#include <cstdio>
#include <random>
#include <string>
#include <vector>

#include "tests/model/event_rows.h"

namespace vesica {

// What random events are like. Few people and few days, so that ties, repeats and every state come up.
struct RandomEventsOptions {
  size_t rows = 400;
  uint32_t people = 60;
  uint32_t companies = 3;  // 1: the unnamed one
  uint32_t days = 120;
  bool conflicts = true;  // people whose rows differ in their dimensions
};

// Rows of every kind of event, with times as moments, as days and missing.
inline std::vector<EventRow> RandomEvents(std::mt19937_64& rng, const RandomEventsOptions& options = {}) {
  auto below = [&](uint32_t bound) { return static_cast<uint32_t>(rng() % bound); };
  auto pick = [&](std::initializer_list<const char*> values) {
    return std::string(*(values.begin() + below(static_cast<uint32_t>(values.size()))));
  };
  std::vector<EventRow> rows;
  for (size_t i = 0; i < options.rows; ++i) {
    const uint32_t person = below(options.people);
    EventRow row;
    if (options.companies > 1) row["company"] = std::string(1, static_cast<char>('A' + below(options.companies)));
    row["person"] = "p" + std::to_string(person) + "@" +
                    (person % 7 == 0 ? "gmail.com" : "acct" + std::to_string(person % 11) + ".com");
    row["event"] = pick({"targeted", "exposed", "exposed", "exposed", "engaged", "contacted", "contacted", "responded",
                         "in_market", "stage", "stage", "deal", "asset_created", "asset_used"});
    row["team"] = pick({"brand", "demand", "marketing", "sales", "sales"});
    if (below(12) > 0) {
      const uint32_t day = below(options.days);
      char time[32];
      const uint32_t month = day / 28 + 1;
      if (below(3) == 0) {
        std::snprintf(time, sizeof(time), "2024-%02u-%02u", month, day % 28 + 1);
      } else {
        std::snprintf(time, sizeof(time), "2024-%02u-%02uT%02u:%02u:00Z", month, day % 28 + 1, below(24),
                      below(2) * 30);
      }
      row["time"] = time;
    }
    const uint32_t home = options.conflicts && below(10) == 0 ? below(100) : person;
    if (below(10) > 0) row["region"] = std::string(1, static_cast<char>('r' + home % 3));
    if (below(10) > 0) row["industry"] = std::string(1, static_cast<char>('i' + home % 4));
    if (below(10) > 0) row["title"] = "t" + std::to_string(home % 5);
    if (row["event"] == "stage") {
      row["stage"] = pick({"Lead", "MQL", "SAL", "SQL", "Opportunity", "Won", "disqualified"});
      if (row["stage"] == "disqualified" && below(3) > 0) row["reason"] = pick({"budget", "timing"});
    }
    if (below(2) == 0) row["source"] = pick({"web", "event"});
    if (row["event"] == "deal") {
      row["stage"] = pick({"open", "won", "lost"});
      row["deal"] = "d" + std::to_string(below(15));
      row["amount"] = std::to_string(below(1000)) + "." + std::to_string(below(100));
      row["currency"] = pick({"EUR", "USD"});
    }
    if (row["event"].starts_with("asset")) {
      row["asset"] = "a" + std::to_string(below(10));
      if (row["event"] == "asset_created" && below(2) == 0) row.erase("person");
    }
    rows.push_back(row);
    if (below(20) == 0) rows.push_back(row);  // duplicates
  }
  return rows;
}

}  // namespace vesica

#endif  // VESICA_TESTS_MODEL_RANDOM_EVENTS_H_
