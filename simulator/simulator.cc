#include "simulator.h"

#include <span>

namespace vesica_simulator {

Simulator::Simulator(const Plan& plan, uint32_t batch_rows)
    : plan_(plan), generator_(plan_), batch_(plan_, batch_rows), realised_(plan_) {}

Batch* Simulator::Next() { return Fill(&batch_) ? &batch_ : nullptr; }

bool Simulator::Fill(Batch* batch) {
  batch->Clear();
  while (!batch->full()) {
    if (taken_ == events_.size()) {
      if (companies_.size() == plan_.companies) break;
      companies_.push_back(generator_.Generate(static_cast<uint32_t>(companies_.size()), &events_, &realised_));
      taken_ = 0;
    }
    taken_ += batch->Append(companies_.back().company, std::span(events_).subspan(taken_));
  }
  return batch->rows() > 0;
}

}  // namespace vesica_simulator
