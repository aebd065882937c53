// Area-proportional Euler diagrams of up to three sets. Two circles are solved; three are fitted: pairs of circles at
// the distances that would be right for each pair alone (with slack for those apart or within each other, as
// constrained multidimensional scaling has it), then least squares over the areas of all regions (Larsson, Gustafsson
// 2018: "A case study in fitting area-proportional Euler diagrams with ellipses using eulerr").
#include "report/euler.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <iterator>
#include <utility>

#include "base/error.h"
#include "report/least_squares.h"
#include "report/region_areas.h"
#include "vesica/report.h"

namespace vesica {
namespace {

constexpr double kPi = 3.14159265358979323846;
constexpr double kApart = 1.06;       // distance of disjoint circles, of the sum of their radii
constexpr double kWithin = 0.8;       // distance of nested circles, of what would let them touch
constexpr double kCirclesFit = 1e-3;  // the diag_error up to which circles are taken for right
constexpr double kExact = 1e-5;       // the diag_error at which nothing better is looked for
constexpr double kEnough = 1e-24;     // a sum of squares of shares of everything that is 0
constexpr int kMostSteps = 100;
constexpr int kStarts = 8;

using Sizes = std::vector<double>;  // of regions

double SizeOf(const Sizes& regions, uint32_t of_all) {
  double size = 0;
  for (uint32_t m = 0; m < regions.size(); ++m) size += (m & of_all) == of_all ? regions[m] : 0;
  return size;
}

Ellipse CircleOf(double area) {
  const double radius = std::sqrt(area / kPi);
  return {.a = radius, .b = radius};
}

struct Distance {
  enum class Kind { kExactly, kAtLeast, kAtMost } kind;
  double value;
};

// Between circles of these areas that share so much.
Distance DistanceOf(double a, double b, double both) {
  const double first = CircleOf(a).a, second = CircleOf(b).a;
  constexpr double kNone = 1e-14;  // of everything
  if (both <= kNone * (a + b)) return {Distance::Kind::kAtLeast, (first + second) * kApart};
  if (both >= std::min(a, b) * (1 - 1e-12)) return {Distance::Kind::kAtMost, std::abs(first - second) * kWithin};
  return {Distance::Kind::kExactly, CircleDistance(a, b, both)};
}

std::vector<Ellipse> TwoCircles(double a, double b, double both) {
  const Distance distance = DistanceOf(a, b, both);
  Ellipse first = CircleOf(a), second = CircleOf(b);
  // One within the other has its center: the ideal of two concentric circles.
  second.x = distance.kind == Distance::Kind::kAtMost ? 0 : distance.value;
  return {first, second};
}

// Numbers of the project's own, the same everywhere (Knuth, MMIX).
class Randomness {
 public:
  double Next() {  // in [-1, 1)
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return static_cast<double>(static_cast<int64_t>(state_) >> 11) * 0x1p-52;
  }

 private:
  uint64_t state_ = 20;
};

// The same without slack: circles apart side by side, circles within each other near the edge.
std::array<Distance, 3> Snug(std::array<Distance, 3> distances) {
  for (Distance& distance : distances) distance.kind = Distance::Kind::kExactly;
  return distances;
}

// Moves circles to distances that suit each pair.
void Scale(const std::array<Distance, 3>& distances, std::vector<Ellipse>* circles) {
  constexpr std::array<std::pair<size_t, size_t>, 3> kPairs = {{{0, 1}, {0, 2}, {1, 2}}};
  std::vector<Ellipse> before = *circles;
  const auto evaluate = [&](std::vector<double>* residuals, std::vector<double>* derivatives) {
    residuals->assign(kPairs.size(), 0), derivatives->assign(kPairs.size() * 6, 0);
    for (size_t k = 0; k < kPairs.size(); ++k) {
      const auto [i, j] = kPairs[k];
      const double dx = (*circles)[i].x - (*circles)[j].x, dy = (*circles)[i].y - (*circles)[j].y;
      const double off = dx * dx + dy * dy - distances[k].value * distances[k].value;
      if (distances[k].kind == Distance::Kind::kAtLeast ? off >= 0
                                                        : distances[k].kind == Distance::Kind::kAtMost && off <= 0) {
        continue;
      }
      (*residuals)[k] = off;
      double* by = &(*derivatives)[k * 6];
      by[i * 2] = 2 * dx, by[i * 2 + 1] = 2 * dy, by[j * 2] = -2 * dx, by[j * 2 + 1] = -2 * dy;
    }
  };
  const auto move = [&](std::span<const double> by) {
    before = *circles;
    for (size_t i = 0; i < circles->size(); ++i) (*circles)[i].x += by[i * 2], (*circles)[i].y += by[i * 2 + 1];
  };
  Minimize({6, evaluate, move, [&] { *circles = before; }}, kEnough, kMostSteps);
}

// What is compared: areas, or their square roots, which keep regions from vanishing on the way: there is no way back,
// as a region without area has no gradient.
enum class Scaling { kArea, kRoot };

// Moves the sets to the least sum of squares that can be reached from where they are.
void Fit(const Sizes& wanted, bool circles, Scaling scaling, std::vector<Ellipse>* sets) {
  const size_t count = sets->size(), moves = circles ? 3 : kMoves, parameters = count * moves;
  std::vector<Ellipse> before = *sets;
  const auto evaluate = [&](std::vector<double>* residuals, std::vector<double>* derivatives) {
    const RegionAreas now = AreasOf(*sets);
    residuals->assign(wanted.size() - 1, 0), derivatives->assign((wanted.size() - 1) * parameters, 0);
    for (size_t m = 1; m < wanted.size(); ++m) {
      constexpr double kLeast = 1e-14;  // roots are steeper than any step below it
      const double area = std::max(now.areas[m], kLeast), root = std::sqrt(area);
      const bool rooted = scaling == Scaling::kRoot;
      (*residuals)[m - 1] = rooted ? root - std::sqrt(wanted[m]) : now.areas[m] - wanted[m];
      const double slope = rooted ? 0.5 / root : 1;
      for (size_t i = 0; i < count; ++i) {
        const double* from = &now.gradients[(m * count + i) * kMoves];
        double* to = &(*derivatives)[(m - 1) * parameters + i * moves];
        for (size_t move = 0; move < moves; ++move) to[move] = slope * from[move];
        if (circles) to[2] += slope * from[3];  // both half-axes are the radius
      }
    }
  };
  const auto move = [&](std::span<const double> by) {
    before = *sets;
    for (size_t i = 0; i < count; ++i) {
      std::array<double, kMoves> step{};
      std::copy_n(&by[i * moves], moves, step.begin());
      if (circles) step[3] = step[2];
      (*sets)[i] = Moved((*sets)[i], step);
    }
  };
  Minimize({parameters, evaluate, move, [&] { *sets = before; }}, kEnough, kMostSteps);
}

double DiagError(const Sizes& wanted, const Sizes& drawn) {
  double all_wanted = 0, all_drawn = 0, worst = 0;
  for (const double size : wanted) all_wanted += size;
  for (const double size : drawn) all_drawn += size;
  if (all_wanted == 0 || all_drawn == 0) return all_wanted == all_drawn ? 0 : 1;
  for (size_t m = 0; m < wanted.size(); ++m) {
    worst = std::max(worst, std::abs(drawn[m] / all_drawn - wanted[m] / all_wanted));
  }
  return worst;
}

double Stress(const Sizes& wanted, const Sizes& drawn) {
  double product = 0, square = 0, total = 0, residual = 0;
  for (size_t m = 0; m < wanted.size(); ++m) {
    product += wanted[m] * drawn[m], square += wanted[m] * wanted[m], total += drawn[m] * drawn[m];
  }
  if (square == 0 || total == 0) return square == total ? 0 : 1;
  for (size_t m = 0; m < wanted.size(); ++m) {
    const double off = drawn[m] - product / square * wanted[m];
    residual += off * off;
  }
  return residual / total;
}

double Elongation(const std::vector<Ellipse>& sets) {
  double most = 1;
  for (const Ellipse& set : sets) most = std::max({most, set.a / set.b, set.b / set.a});
  return most;
}

struct Candidate {
  std::vector<Ellipse> sets;
  double error;       // diag_error
  double elongation;  // of the longest ellipse
  bool complete;      // no region is much too small
};

// The candidate that is right and roundest, or comes closest.
const Candidate& Best(const std::vector<Candidate>& candidates) {
  const auto better = [](const Candidate& a, const Candidate& b) {
    constexpr double kRight = 1e-6, kClear = 1e-3;  // what is no difference must not decide
    if (a.error > kRight || b.error > kRight) return a.error < b.error * (1 - kClear);
    return a.elongation < b.elongation * (1 - kClear);
  };
  size_t best = 0;
  for (size_t i = 1; i < candidates.size(); ++i) best = better(candidates[i], candidates[best]) ? i : best;
  return candidates[best];
}

Candidate CandidateOf(const Sizes& wanted, std::vector<Ellipse> sets) {
  const Sizes areas = AreasOf(sets).areas;
  bool complete = true;
  for (size_t m = 1; m < wanted.size(); ++m) complete = complete && areas[m] >= wanted[m] / 2;
  const double error = DiagError(wanted, areas), elongation = Elongation(sets);
  return {std::move(sets), error, elongation, complete};
}

Candidate Fitted(const Sizes& wanted, bool circles, std::vector<Ellipse> sets) {
  Fit(wanted, circles, Scaling::kRoot, &sets);
  Fit(wanted, circles, Scaling::kArea, &sets);
  return CandidateOf(wanted, std::move(sets));
}

// Three ellipses around one point, a third of a turn apart, so that every region is there.
std::vector<Ellipse> Rosette(const std::array<double, 3>& sizes, double spread, double elongation) {
  const double least = std::sqrt(*std::min_element(sizes.begin(), sizes.end()) / kPi), half_root_3 = std::sqrt(0.75);
  const std::array<Point, 3> directions = {Point{-half_root_3, -0.5}, {half_root_3, -0.5}, {0, 1}};
  std::vector<Ellipse> sets;
  for (size_t i = 0; i < sizes.size(); ++i) {
    Ellipse set = CircleOf(sizes[i]);
    const double out = spread * (least + set.a) / 2;
    set.a *= elongation, set.b /= elongation;
    set.x = directions[i].x * out, set.y = directions[i].y * out;
    set.cosine = directions[i].x, set.sine = directions[i].y;
    sets.push_back(set);
  }
  return sets;
}

// The sets with the smallest of the three drawn to where the other two meet, so that there is something of all three.
std::vector<Ellipse> DrawnIn(std::vector<Ellipse> sets) {
  const auto smaller = [](const Ellipse& a, const Ellipse& b) { return a.a * a.b < b.a * b.b; };
  const auto smallest = static_cast<size_t>(std::min_element(sets.begin(), sets.end(), smaller) - sets.begin());
  const Ellipse &one = sets[(smallest + 1) % 3], &other = sets[(smallest + 2) % 3];
  Ellipse& set = sets[smallest];
  const double dx = other.x - one.x, dy = other.y - one.y, apart = std::sqrt(dx * dx + dy * dy);
  if (apart == 0) return sets;
  const double along = (one.a + apart - other.a) / 2 / apart;  // of the way between them, the middle of what they share
  const double to_x = one.x + dx * along - set.x, to_y = one.y + dy * along - set.y;
  const double way = std::sqrt(to_x * to_x + to_y * to_y);
  const double step = way == 0 ? 0 : std::min(1.0, set.a / way);
  set.x += to_x * step, set.y += to_y * step;
  return sets;
}

// Three circles from several starts: as each pair wants them, around one point, and with something of all three.
std::vector<Candidate> Circles(const Sizes& wanted, const std::array<double, 3>& sizes) {
  const std::array<Distance, 3> distances = {DistanceOf(sizes[0], sizes[1], SizeOf(wanted, 3)),
                                             DistanceOf(sizes[0], sizes[2], SizeOf(wanted, 5)),
                                             DistanceOf(sizes[1], sizes[2], SizeOf(wanted, 6))};
  Randomness random;
  std::vector<Candidate> found;
  for (int start = 0; start < kStarts + 2; ++start) {
    std::vector<Ellipse> sets = {CircleOf(sizes[0]), CircleOf(sizes[1]), CircleOf(sizes[2])};
    for (Ellipse& set : sets) set.x = random.Next(), set.y = random.Next();
    Scale(start == 0 ? Snug(distances) : distances, &sets);
    if (start == kStarts) sets = Rosette(sizes, 0.7, 1);
    if (start == kStarts + 1) sets = DrawnIn(Best(found).sets);
    Fit(wanted, true, Scaling::kRoot, &sets);
    found.push_back(CandidateOf(wanted, sets));  // less true, but with every region
    Fit(wanted, true, Scaling::kArea, &sets);
    found.push_back(CandidateOf(wanted, std::move(sets)));
    if (found.back().error <= kExact) return {found.back()};
  }
  return found;
}

// Ellipses from the circles that fit best, from these moved about, and from rosettes.
std::vector<Candidate> Ellipses(const Sizes& wanted, const std::array<double, 3>& sizes,
                                const std::vector<Ellipse>& circles) {
  std::vector<Candidate> found = {Fitted(wanted, false, circles), Fitted(wanted, false, DrawnIn(circles))};
  for (const double spread : {0.3, 0.5, 0.7, 0.9}) {
    for (const double elongation : {1.0, 1.3, 1 / 1.3}) {
      found.push_back(Fitted(wanted, false, Rosette(sizes, spread, elongation)));
    }
  }
  Randomness random;
  for (int start = 0; start < kStarts; ++start) {
    std::vector<Ellipse> sets = circles;
    for (Ellipse& set : sets) {
      const double reach = set.a / 2;
      set = Moved(set, std::array<double, kMoves>{reach * random.Next(), reach * random.Next(), 0, 0, random.Next()});
    }
    found.push_back(Fitted(wanted, false, std::move(sets)));
  }
  return found;
}

// Three sets, none of them empty; regions are shares of everything.
std::vector<Ellipse> ThreeSets(const Sizes& wanted) {
  const std::array<double, 3> sizes = {SizeOf(wanted, 1), SizeOf(wanted, 2), SizeOf(wanted, 4)};
  const std::vector<Candidate> circles = Circles(wanted, sizes);
  std::vector<Candidate> complete;
  std::copy_if(circles.begin(), circles.end(), std::back_inserter(complete),
               [](const Candidate& one) { return one.complete; });
  if (!complete.empty() && Best(complete).error <= kCirclesFit) return Best(complete).sets;
  if (Best(circles).error <= kCirclesFit) return Best(circles).sets;
  std::vector<Candidate> all = Ellipses(wanted, sizes, Best(circles).sets);
  all.push_back(Best(circles));
  return Best(all).sets;
}

// Turns the diagram so that set 1 is right of set 0, or 2 where these have one center, and the third below them.
void Turn(std::vector<Ellipse>* sets) {
  if (sets->size() < 2) return;
  const Ellipse origin = sets->front();
  Point axis{};
  for (size_t i = 1; i < sets->size() && axis.x == 0 && axis.y == 0; ++i) {
    axis = {(*sets)[i].x - origin.x, (*sets)[i].y - origin.y};
    if (std::abs(axis.x) + std::abs(axis.y) < 1e-9) axis = {};
  }
  const double length = std::sqrt(axis.x * axis.x + axis.y * axis.y);
  if (length == 0) return;
  const double cosine = axis.x / length, sine = axis.y / length;
  const auto turned = [&](double x, double y) { return Point{x * cosine + y * sine, y * cosine - x * sine}; };
  for (Ellipse& set : *sets) {
    const Point center = turned(set.x - origin.x, set.y - origin.y), along = turned(set.cosine, set.sine);
    set.x = center.x, set.y = center.y, set.cosine = along.x, set.sine = along.y;
  }
  if (sets->back().y >= 0) return;
  for (Ellipse& set : *sets) set.y = -set.y, set.sine = -set.sine;
}

// Regions of the sets of `kept` alone.
Sizes Without(const Sizes& regions, const std::vector<uint32_t>& kept) {
  Sizes out(size_t{1} << kept.size());
  for (uint32_t m = 1; m < regions.size(); ++m) {
    uint32_t to = 0;
    for (size_t i = 0; i < kept.size(); ++i) to |= (m >> kept[i] & 1) << i;
    out[to] += regions[m];
  }
  return out;
}

std::vector<Ellipse> LayOut(const Sizes& regions) {
  std::vector<Ellipse> sets;
  if (regions.size() == 2) {
    sets = {CircleOf(regions[1])};
  } else if (regions.size() == 4) {
    sets = TwoCircles(SizeOf(regions, 1), SizeOf(regions, 2), regions[3]);
  } else {
    sets = ThreeSets(regions);
  }
  Turn(&sets);
  return sets;
}

bool IsCircle(const Ellipse& ellipse) { return ellipse.a == ellipse.b; }

}  // namespace

double CircleDistance(double a, double b, double both) {
  const Ellipse first = CircleOf(a);
  Ellipse second = CircleOf(b);
  double low = std::abs(first.a - second.a), high = first.a + second.a;
  constexpr int kHalvings = 64;
  for (int i = 0; i < kHalvings; ++i) {
    second.x = (low + high) / 2;
    const std::array<Ellipse, 2> pair = {first, second};
    (AreasOf(pair).areas[3] > both ? low : high) = second.x;
  }
  return (low + high) / 2;
}

absl::StatusOr<EulerLayout> LayoutEuler(std::span<const double> regions) {
  if (regions.size() != 2 && regions.size() != 4 && regions.size() != 8) {
    return InvalidArgument("a layout takes the regions of 1 to 3 sets: 2, 4 or 8 of them");
  }
  EulerLayout out;
  out.wanted.assign(regions.begin(), regions.end());
  out.wanted[0] = 0;
  const auto is_size = [](double size) { return size >= 0 && size <= 0x1p1000; };
  if (!std::all_of(out.wanted.begin(), out.wanted.end(), is_size)) {
    return InvalidArgument("the sizes of regions are finite and not below 0");
  }
  double total = 0;
  for (const double size : out.wanted) total += size;
  const auto count = static_cast<uint32_t>(regions.size() == 2 ? 1 : regions.size() == 4 ? 2 : 3);
  out.sets.resize(count);
  out.drawn.assign(regions.size(), 0);
  std::vector<uint32_t> kept;
  constexpr double kNothing = 1e-15;  // of everything: nothing that could be drawn
  for (uint32_t set = 0; set < count; ++set) {
    if (SizeOf(out.wanted, 1u << set) > total * kNothing) kept.push_back(set);
  }
  if (kept.empty()) return out;
  Sizes shares = Without(out.wanted, kept);
  for (double& share : shares) share /= total;
  shares[0] = 0;
  const std::vector<Ellipse> sets = LayOut(shares);
  const Sizes areas = AreasOf(sets).areas;
  for (size_t i = 0; i < kept.size(); ++i) out.sets[kept[i]] = sets[i];
  for (uint32_t m = 1; m < areas.size(); ++m) {
    uint32_t to = 0;
    for (size_t i = 0; i < kept.size(); ++i) to |= (m >> i & 1) << kept[i];
    out.drawn[to] = std::max(0.0, areas[m]) * total;
  }
  out.circles = std::all_of(sets.begin(), sets.end(), IsCircle);
  out.stress = Stress(out.wanted, out.drawn);
  out.diag_error = DiagError(out.wanted, out.drawn);
  return out;
}

}  // namespace vesica
