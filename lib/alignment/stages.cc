#include "alignment/stages.h"

#include <algorithm>
#include <span>
#include <utility>

#include "identity/ascii.h"

namespace vesica {
namespace {

// Long names and what they are short for.
constexpr std::pair<std::string_view, std::string_view> kLongNames[] = {{"marketingqualifiedlead", "mql"},
                                                                        {"marketingqualified", "mql"},
                                                                        {"salesacceptedlead", "sal"},
                                                                        {"salesaccepted", "sal"},
                                                                        {"salesqualifiedlead", "sql"},
                                                                        {"salesqualified", "sql"},
                                                                        {"closedwon", "won"},
                                                                        {"closedlost", "lost"},
                                                                        {"unqualified", "disqualified"},
                                                                        {"rejected", "disqualified"}};

// HubSpot: knowledge.hubspot.com, lifecycle stages. Account Engagement: developer.salesforce.com, lifecycle-stage-v5.
const std::vector<std::vector<std::string>>& Presets() {
  static const auto* presets = new std::vector<std::vector<std::string>>{
      {"Subscriber", "Lead", "MQL", "SAL", "SQL", "Opportunity", "Won"},
      {"Subscriber", "Lead", "MQL", "SQL", "Opportunity", "Customer", "Evangelist"},
      {"Visitor", "Prospect", "MQL", "SQL", "Won"}};
  return *presets;
}

bool Holds(const std::vector<std::string>& names, const std::string& name) {
  return std::any_of(names.begin(), names.end(), [&](const std::string& other) { return StageName(other) == name; });
}

StageKind KindOfName(std::string_view name) {
  if (name == "won") return StageKind::kWon;
  if (name == "lost") return StageKind::kLost;
  return name == "disqualified" ? StageKind::kDisqualified : StageKind::kOther;
}

}  // namespace

std::string StageName(std::string_view label) {
  std::string name;
  for (char c : label) {
    const char lower = ToLower(c);
    if (IsLower(lower) || IsDigit(lower) || !IsAscii(lower)) name += lower;
  }
  for (const auto& [longer, shorter] : kLongNames) {
    if (name == longer) return std::string(shorter);
  }
  return name;
}

Stages::Stages(const StudyData& data) : order_(data.options.stages) {
  std::vector<std::string> names;
  for (uint32_t label = 0; label < data.stages.size(); ++label) names.push_back(StageName(data.stages[label]));
  if (order_.empty()) {
    int64_t most = -1;
    for (const std::vector<std::string>& preset : Presets()) {
      const int64_t known =
          std::count_if(names.begin(), names.end(), [&](const std::string& name) { return Holds(preset, name); });
      if (known > most) order_ = preset;
      most = std::max(most, known);
    }
  }
  const std::string handoff = StageName(data.options.handoff_stage);
  for (const std::string& name : names) {
    int32_t place = -1;
    for (size_t i = 0; i < order_.size() && place < 0; ++i) {
      if (StageName(order_[i]) == name) place = static_cast<int32_t>(i);
    }
    places_.push_back(place);
    kinds_.push_back(KindOfName(name));
    handoff_.push_back(name == handoff);
    accepted_.push_back(Holds(data.options.accepted_stages, name));
  }
}

}  // namespace vesica
