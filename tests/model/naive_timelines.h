#ifndef VESICA_TESTS_MODEL_NAIVE_TIMELINES_H_
#define VESICA_TESTS_MODEL_NAIVE_TIMELINES_H_

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "tests/model/naive_circles.h"

namespace vesica {

// The rows of RandomEvents() read the obvious way.

inline constexpr int64_t kNaiveDay = 86'400'000'000;

struct NaiveEvent {
  EventRow row;
  std::string event, team;
  std::optional<int64_t> time;  // microseconds
  bool date_only = false;
};

inline NaiveEvent ReadNaiveEvent(const EventRow& row) {
  NaiveEvent event{row, CellOf(row, "event"), CellOf(row, "team"), std::nullopt, false};
  const std::string text = CellOf(row, "time");
  if (text.empty()) return event;
  std::tm tm = {};
  event.date_only =
      std::sscanf(text.c_str(), "%d-%d-%dT%d:%d", &tm.tm_year, &tm.tm_mon, &tm.tm_mday, &tm.tm_hour, &tm.tm_min) == 3;
  tm.tm_year -= 1900;
  tm.tm_mon -= 1;
  event.time = int64_t{timegm(&tm)} * 1'000'000;
  if (event.date_only && (event.event == "contacted" || event.event == "responded")) *event.time += kNaiveDay - 1;
  return event;
}

// A person within a company.
struct NaiveTimeline {
  std::string company, person, account;
  std::vector<NaiveEvent> events;  // each row once
  std::map<std::string, std::string> segment;
  std::set<std::string> circles;
};

inline bool IsNaiveExposure(const NaiveEvent& e) { return e.event == "exposed" && e.team != "sales"; }
inline bool IsNaiveContact(const NaiveEvent& e) { return e.event == "contacted" && e.team == "sales"; }

// The value that the sales team's rows have, else the latest, else the first in byte order.
inline std::string NaiveValue(const std::vector<NaiveEvent>& events, const std::string& dimension) {
  std::string best;
  std::tuple<bool, int64_t> best_key;
  for (const NaiveEvent& e : events) {
    const std::string value = CellOf(e.row, dimension);
    if (value.empty()) continue;
    const std::tuple<bool, int64_t> key = {e.team == "sales", e.time.value_or(INT64_MIN)};
    if (best.empty() || key > best_key || (key == best_key && value < best)) {
      best = value;
      best_key = key;
    }
  }
  return best;
}

inline std::vector<NaiveTimeline> NaiveTimelines(const std::vector<EventRow>& rows,
                                                 const std::vector<std::string>& dimensions = {}) {
  const auto circles = NaiveCircles(rows);
  std::map<std::string, NaiveTimeline> people;
  for (const EventRow& row : std::set<EventRow>(rows.begin(), rows.end())) {
    if (CellOf(row, "person").empty()) continue;
    NaiveTimeline& timeline = people[NaivePerson(row)];
    timeline.company = CellOf(row, "company");
    timeline.person = CellOf(row, "person");
    timeline.account = timeline.person.substr(timeline.person.find('@') + 1);
    if (timeline.account == "gmail.com") timeline.account = "";
    timeline.events.push_back(ReadNaiveEvent(row));
  }
  std::vector<NaiveTimeline> all;
  for (auto& [key, timeline] : people) {
    for (const std::string& dimension : dimensions)
      timeline.segment[dimension] = NaiveValue(timeline.events, dimension);
    for (const auto& [name, members] : circles) {
      if (members.contains(key)) timeline.circles.insert(name);
    }
    all.push_back(timeline);
  }
  return all;
}

inline bool InCompany(const NaiveTimeline& timeline, const std::string& company) {
  return company == "-" || timeline.company == company;
}

// A share as RowsOf() writes it.
inline std::string ShareText(double part, double whole) {
  if (whole == 0) return "-";
  char text[40];
  std::snprintf(text, sizeof(text), "%.10g", part / whole);
  return text;
}

}  // namespace vesica

#endif  // VESICA_TESTS_MODEL_NAIVE_TIMELINES_H_
