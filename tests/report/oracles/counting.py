"""Areas of the regions of ellipses by counting points, and what fits are judged by."""

import dataclasses

import numpy


@dataclasses.dataclass(frozen=True)
class Ellipse:
    x: float
    y: float
    a: float
    b: float
    cosine: float = 1
    sine: float = 0

    @property
    def area(self):
        return numpy.pi * self.a * self.b

    def holds(self, x, y):
        """Which of the points are inside."""
        if self.a <= 0 or self.b <= 0:
            return numpy.zeros(len(x), dtype=bool)
        along = ((x - self.x) * self.cosine + (y - self.y) * self.sine) / self.a
        across = ((y - self.y) * self.cosine - (x - self.x) * self.sine) / self.b
        return along**2 + across**2 <= 1


def circle(x, y, radius):
    return Ellipse(x, y, radius, radius)


def _disc(points):
    """Points spread evenly over the unit disc (the sunflower of Vogel, 1979)."""
    at = numpy.arange(points) + 0.5
    turn = at * numpy.pi * (3 - 5**0.5)
    radius = numpy.sqrt(at / points)
    return radius * numpy.cos(turn), radius * numpy.sin(turn)


DISC = _disc(40_000)


def region_areas(sets):
    """Areas of the regions of members 1 .. 2^n - 1. Each is counted in the smallest of its sets, so that small sets are
    measured as well as large ones."""
    areas = numpy.zeros(2 ** len(sets))
    counted = [None] * len(sets)
    for k, ellipse in enumerate(sets):
        u, v = DISC[0] * ellipse.a, DISC[1] * ellipse.b
        x = ellipse.x + u * ellipse.cosine - v * ellipse.sine
        y = ellipse.y + u * ellipse.sine + v * ellipse.cosine
        members = numpy.full(len(u), 1 << k)
        for j, other in enumerate(sets):
            if j != k:
                members += (1 << j) * other.holds(x, y)
        counted[k] = numpy.bincount(members, minlength=len(areas)) * (ellipse.area / len(u))
    for m in range(1, len(areas)):
        smallest = min((k for k in range(len(sets)) if m >> k & 1), key=lambda k: sets[k].area)
        areas[m] = counted[smallest][m]
    return areas[1:]


def diag_error(areas, wanted):
    """The largest difference of a region's share (Micallef and Rodgers 2014)."""
    areas, wanted = numpy.asarray(areas, float), numpy.asarray(wanted, float)
    if areas.sum() == 0:
        return 1.0
    return float(numpy.abs(areas / areas.sum() - wanted / wanted.sum()).max())


def stress(areas, wanted):
    """Residual over total sum of squares of the best fit through the origin (Wilkinson 2012)."""
    areas, wanted = numpy.asarray(areas, float), numpy.asarray(wanted, float)
    scale = (areas @ wanted) / (wanted @ wanted)
    return float(((areas - scale * wanted) ** 2).sum() / (areas @ areas)) if areas.any() else 1.0
