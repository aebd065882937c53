#include "report/region_areas.h"

#include <algorithm>
#include <cmath>

namespace vesica {
namespace {

double Cross(Point a, Point b) { return a.x * b.y - a.y * b.x; }
double Dot(Point a, Point b) { return a.x * b.x + a.y * b.y; }

Point Normalized(Point point) {
  const double length = std::sqrt(Dot(point, point));
  return length > 0 ? Point{point.x / length, point.y / length} : Point{1, 0};
}

// The angle from unit vector a to b, at most a right angle. The tangent is halved until the series needs few terms; no
// function of libm, which differ in their last bits.
double AngleBetween(Point a, Point b) {
  double tangent = std::max(0.0, Cross(a, b)) / (1 + std::max(0.0, Dot(a, b)));  // of the half angle
  constexpr int kHalvings = 3;
  for (int i = 0; i < kHalvings; ++i) tangent /= 1 + std::sqrt(1 + tangent * tangent);
  const double square = tangent * tangent;
  double sum = 0;
  for (int odd = 17; odd >= 1; odd -= 2) sum = 1.0 / odd - square * sum;
  return 2 * (1 << kHalvings) * tangent * sum;
}

// Points as complex numbers; std::complex leaves its quotients and roots to the compiler and to libm.
Point Sum(Point a, Point b) { return {a.x + b.x, a.y + b.y}; }
Point Difference(Point a, Point b) { return {a.x - b.x, a.y - b.y}; }
Point Product(Point a, Point b) { return {a.x * b.x - a.y * b.y, a.x * b.y + a.y * b.x}; }
Point Quotient(Point a, Point b) { return {Dot(a, b) / Dot(b, b), Cross(b, a) / Dot(b, b)}; }
Point Conjugate(Point a) { return {a.x, -a.y}; }

// The roots of the polynomial, its highest power first, all at once (Durand 1960, Kerner 1966).
std::array<Point, 4> QuarticRoots(const std::array<Point, 5>& polynomial) {
  std::array<Point, 4> roots = {Point{1, 0}, {0.4, 0.9}, {-0.65, 0.72}, {-0.908, -0.297}};
  constexpr int kMostSteps = 100;
  for (int step = 0; step < kMostSteps; ++step) {
    double change = 0;
    for (size_t i = 0; i < roots.size(); ++i) {
      Point value = polynomial[0], others = polynomial[0];
      for (size_t k = 1; k < polynomial.size(); ++k) value = Sum(Product(value, roots[i]), polynomial[k]);
      for (size_t k = 0; k < roots.size(); ++k) {
        if (k != i) others = Product(others, Difference(roots[i], roots[k]));
      }
      if (Dot(others, others) == 0) continue;
      const Point by = Quotient(value, others);
      roots[i] = Difference(roots[i], by);
      change = std::max(change, Dot(by, by));
    }
    if (change < 1e-28) break;
  }
  return roots;
}

// `ellipse` as seen from `other`, where that one is the unit circle: center and the images of both half-axes.
struct Seen {
  Point center, first, second;
};

Seen SeenFrom(const Ellipse& ellipse, const Ellipse& other) {
  const auto direction = [&](double x, double y) {
    return Point{(x * other.cosine + y * other.sine) / other.a, (y * other.cosine - x * other.sine) / other.b};
  };
  return {direction(ellipse.x - other.x, ellipse.y - other.y),
          direction(ellipse.a * ellipse.cosine, ellipse.a * ellipse.sine),
          direction(-ellipse.b * ellipse.sine, ellipse.b * ellipse.cosine)};
}

// Appends where the boundary of `ellipse` meets that of `other`. Points at which they nearly meet may be among them: a
// boundary may be cut anywhere.
//
// |center + first cos t + second sin t|^2 = 1 is a quartic in z = cos t + i sin t, of which the roots on the unit
// circle are wanted.
void AppendCrossings(const Ellipse& ellipse, const Ellipse& other, std::vector<Point>* units) {
  const auto [center, first, second] = SeenFrom(ellipse, other);
  const Point twice = {(Dot(first, first) - Dot(second, second)) / 4, -Dot(first, second) / 2};
  const Point once = {Dot(center, first), -Dot(center, second)};
  const double constant = Dot(center, center) + (Dot(first, first) + Dot(second, second)) / 2 - 1;
  const double twice_size = std::sqrt(Dot(twice, twice)), once_size = std::sqrt(Dot(once, once));
  if (twice_size <= 1e-12 * (std::abs(constant) + once_size)) {  // two circles: 2 |once| cos(t + its angle) = -constant
    const double cosine = -constant / (2 * once_size);
    if (!(std::abs(cosine) <= 1)) return;  // apart, within each other, or the same
    const Point angle = {cosine, std::sqrt(1 - cosine * cosine)};
    const Point turn = {once.x / once_size, -once.y / once_size};
    units->push_back(Product(turn, angle)), units->push_back(Product(turn, Conjugate(angle)));
    return;
  }
  for (const Point& root : QuarticRoots({twice, once, {constant, 0}, Conjugate(once), Conjugate(twice)})) {
    const double size = std::sqrt(Dot(root, root));
    if (std::abs(size - 1) < 1e-3) units->push_back({root.x / size, root.y / size});
  }
}

// The boundary of ellipse `of`, cut into arcs that cross no other: counterclockwise, of at most a right angle each.
std::vector<Point> Cuts(std::span<const Ellipse> ellipses, size_t of) {
  std::vector<Point> cuts = {{1, 0}, {0, 1}, {-1, 0}, {0, -1}};
  for (size_t other = 0; other < ellipses.size(); ++other) {
    if (other != of) AppendCrossings(ellipses[of], ellipses[other], &cuts);
  }
  const auto lower = [](Point unit) { return unit.y < 0 || (unit.y == 0 && unit.x < 0); };
  std::sort(cuts.begin(), cuts.end(), [&](Point a, Point b) {
    return lower(a) != lower(b) ? lower(b) : lower(a) ? a.x < b.x : a.x > b.x;
  });
  cuts.push_back(cuts.front());
  return cuts;
}

// The ellipses that the arc of `of` around `middle` runs through. Of boundaries that lie on each other the first is
// taken to be inside.
uint32_t Around(std::span<const Ellipse> ellipses, size_t of, Point middle) {
  uint32_t around = 0;
  for (size_t other = 0; other < ellipses.size(); ++other) {
    if (other == of) continue;
    const double level = LevelAt(ellipses[other], middle);
    if (std::abs(level - 1) < 1e-12 ? other > of : level < 1) around |= 1u << other;
  }
  return around;
}

struct Arc {
  double area;
  std::array<double, kMoves> moves;
};

// What the arc adds to the area it bounds, and to its change as the ellipse moves.
Arc ArcOf(const Ellipse& ellipse, Point from, Point to) {
  const Point begin = BoundaryPoint(ellipse, from), end = BoundaryPoint(ellipse, to);
  const double dx = end.x - begin.x, dy = end.y - begin.y, angle = AngleBetween(from, to);
  const double mixed = to.x * to.y - from.x * from.y;
  return {(ellipse.a * ellipse.b * angle + ellipse.x * dy - ellipse.y * dx) / 2,
          {dy, -dx, ellipse.b * (angle + mixed) / 2, ellipse.a * (angle - mixed) / 2,
           (ellipse.a * ellipse.a - ellipse.b * ellipse.b) * (to.y * to.y - from.y * from.y) / 2}};
}

// From "in all of m at least" to "in exactly m", for values in steps of `stride`.
void FromAtLeastToExactly(size_t sets, size_t stride, std::vector<double>* values) {
  for (size_t set = 0; set < sets; ++set) {
    for (size_t m = 0; m < size_t{1} << sets; ++m) {
      if ((m >> set & 1) != 0) continue;
      for (size_t i = 0; i < stride; ++i) (*values)[m * stride + i] -= (*values)[(m | 1u << set) * stride + i];
    }
  }
}

}  // namespace

Point BoundaryPoint(const Ellipse& ellipse, Point unit) {
  const double along = ellipse.a * unit.x, across = ellipse.b * unit.y;
  return {ellipse.x + along * ellipse.cosine - across * ellipse.sine,
          ellipse.y + along * ellipse.sine + across * ellipse.cosine};
}

double LevelAt(const Ellipse& ellipse, Point point) {
  const double x = point.x - ellipse.x, y = point.y - ellipse.y;
  const double along = (x * ellipse.cosine + y * ellipse.sine) / ellipse.a;
  const double across = (y * ellipse.cosine - x * ellipse.sine) / ellipse.b;
  return along * along + across * across;
}

Ellipse Moved(const Ellipse& ellipse, std::span<const double, kMoves> by) {
  const Point turned = Normalized({ellipse.cosine - ellipse.sine * by[4], ellipse.sine + ellipse.cosine * by[4]});
  return {ellipse.x + by[0],
          ellipse.y + by[1],
          std::max(ellipse.a + by[2], ellipse.a / 8),
          std::max(ellipse.b + by[3], ellipse.b / 8),
          turned.x,
          turned.y};
}

RegionAreas AreasOf(std::span<const Ellipse> ellipses) {
  const size_t sets = ellipses.size(), regions = size_t{1} << sets, stride = sets * kMoves;
  RegionAreas out{std::vector<double>(regions), std::vector<double>(regions * stride)};
  for (size_t i = 0; i < sets; ++i) {
    const std::vector<Point> cuts = Cuts(ellipses, i);
    for (size_t k = 0; k + 1 < cuts.size(); ++k) {
      const Point middle = Normalized({cuts[k].x + cuts[k + 1].x, cuts[k].y + cuts[k + 1].y});
      const uint32_t around = Around(ellipses, i, BoundaryPoint(ellipses[i], middle)) | 1u << i;
      const Arc arc = ArcOf(ellipses[i], cuts[k], cuts[k + 1]);
      for (size_t m = 1; m < regions; ++m) {
        if ((m >> i & 1) == 0 || (m & ~around) != 0) continue;
        out.areas[m] += arc.area;
        for (size_t move = 0; move < kMoves; ++move) out.gradients[m * stride + i * kMoves + move] += arc.moves[move];
      }
    }
  }
  FromAtLeastToExactly(sets, 1, &out.areas);
  FromAtLeastToExactly(sets, stride, &out.gradients);
  out.areas[0] = 0;
  std::fill_n(out.gradients.begin(), stride, 0.0);
  return out;
}

}  // namespace vesica
