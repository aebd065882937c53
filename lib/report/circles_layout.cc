// What a picture of circles shows, as JSON; the keys are in capi/API.md.
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "base/error.h"
#include "report/circles_figure.h"
#include "report/diagram.h"
#include "report/labels.h"
#include "table/json_writer.h"

namespace vesica {
namespace {

void WriteEstimate(const Estimate& estimate, JsonWriter* to) {
  const Estimate rounded = NineDigits(estimate);
  to->BeginObject();
  to->Key("estimate"), to->Number(rounded.value);
  to->Key("lower"), to->Number(rounded.lower);
  to->Key("upper"), to->Number(rounded.upper);
  to->EndObject();
}

void WritePoint(Point point, JsonWriter* to) {
  to->BeginArray(), to->Number(NineDigits(point.x)), to->Number(NineDigits(point.y)), to->EndArray();
}

}  // namespace

absl::StatusOr<std::string> CirclesLayoutJson(const CircleSets& sets) {
  VESICA_ASSIGN_OR_RETURN(const Diagram diagram, DiagramOf(sets));
  const EulerLayout& layout = diagram.layout;
  JsonWriter to;
  to.BeginObject();
  to.Key("sets"), to.BeginArray();
  for (size_t i = 0; i < sets.sets.size(); ++i) {
    const Ellipse& shape = layout.sets[i];
    to.BeginObject();
    to.Key("name"), to.Text(sets.sets[i].name);
    to.Key("size"), WriteEstimate(sets.sets[i].size, &to);
    to.Key("x"), to.Number(NineDigits(shape.x)), to.Key("y"), to.Number(NineDigits(shape.y));
    to.Key("a"), to.Number(NineDigits(shape.a)), to.Key("b"), to.Number(NineDigits(shape.b));
    to.Key("cosine"), to.Number(NineDigits(shape.cosine)), to.Key("sine"), to.Number(NineDigits(shape.sine));
    to.EndObject();
  }
  to.EndArray();
  to.Key("regions"), to.BeginArray();
  for (uint32_t m = 1; m < sets.regions.size(); ++m) {
    to.BeginObject();
    to.Key("members"), to.Integer(m);
    to.Key("size"), WriteEstimate(sets.regions[m], &to);
    to.Key("wanted"), to.Number(NineDigits(layout.wanted[m])), to.Key("drawn"), to.Number(NineDigits(layout.drawn[m]));
    to.Key("label");
    const std::optional<Point> point = InnermostPoint(layout.sets, m);
    point.has_value() ? WritePoint(*point, &to) : to.Null();
    to.EndObject();
  }
  to.EndArray();
  if (sets.sets.size() == 2 && sets.regions[3].lower < sets.regions[3].upper) {
    const Diagram unscaled{layout, layout.sets};
    const std::array<Ellipse, 2> ends = BandOf(sets, unscaled);
    to.Key("band"), to.BeginObject();
    to.Key("lower"), WritePoint({ends[0].x, ends[0].y}, &to), to.Key("upper"), WritePoint({ends[1].x, ends[1].y}, &to);
    to.EndObject();
  }
  to.Key("circles"), to.Boolean(layout.circles);
  to.Key("stress"), to.Number(NineDigits(layout.stress));
  to.Key("diag_error"), to.Number(NineDigits(layout.diag_error));
  to.Key("notes"), to.BeginArray();
  for (const std::string& note : NotesOf(sets, diagram)) to.Text(note);
  to.EndArray();
  to.EndObject();
  return std::move(to).Finish();
}

}  // namespace vesica
