"""Areas of the regions of a picture, by painting the shapes that are in its SVG on a grid of pixels."""

import re
import xml.etree.ElementTree as xml

import numpy

PIXELS = 1200  # a side
SET = re.compile(r"v-soft v-s([1-5])\Z")  # the class of what is filled for a set


def _polygon(path):
    """The corners of a path of straight lines, M x,y L x,y ... Z."""
    if not re.fullmatch(r"M[-\d., ]+(L ?[-\d., ]+)+Z", path):
        raise ValueError("not a closed path of straight lines")
    points = [point.split(",") for point in re.split("[ML]", path[:-1]) if point]
    return numpy.array([[float(x), float(y)] for x, y in points])


def _ellipse(element):
    """The corners of a polygon that stands for an ellipse around the origin, placed by a matrix."""
    rx, ry = float(element.get("rx")), float(element.get("ry"))
    matrix = re.fullmatch(r"matrix\(([-+\d.e ]+)\)", element.get("transform"))
    a, b, c, d, x, y = map(float, matrix[1].split())
    angles = numpy.arange(2048) * 2 * numpy.pi / 2048
    along, across = rx * numpy.cos(angles), ry * numpy.sin(angles)
    return numpy.stack([a * along + c * across + x, b * along + d * across + y], axis=1)


def shapes(svg):
    """The filled shape of each set, in their order: (x, y, radius) or an array of corners; None where there is none."""
    found = {}
    for element in xml.fromstring(svg).iter():
        set_of = SET.match(element.get("class", ""))
        if not set_of or element.tag.endswith("rect"):
            continue
        number = int(set_of[1])
        if number in found:
            raise ValueError("two shapes of a set")
        if element.tag.endswith("circle"):
            found[number] = tuple(float(element.get(key)) for key in ("cx", "cy", "r"))
        elif element.tag.endswith("ellipse"):
            found[number] = _ellipse(element)
        else:
            found[number] = _polygon(element.get("d"))
    return [found.get(number) for number in range(1, max(found, default=0) + 1)]


def _box(shape):
    if isinstance(shape, tuple):
        x, y, radius = shape
        return x - radius, y - radius, x + radius, y + radius
    return *shape.min(axis=0), *shape.max(axis=0)


def _spans(shape, rows):
    """Where a convex shape begins and ends on each row; begins after it ends where it is not."""
    if isinstance(shape, tuple):
        x, y, radius = shape
        half = numpy.sqrt(numpy.maximum(radius**2 - (rows - y) ** 2, 0))
        return numpy.where(half > 0, x - half, numpy.inf), numpy.where(half > 0, x + half, -numpy.inf)
    left, right = numpy.full(len(rows), numpy.inf), numpy.full(len(rows), -numpy.inf)
    for (x0, y0), (x1, y1) in zip(shape, numpy.roll(shape, -1, axis=0), strict=True):
        crossed = (rows >= min(y0, y1)) & (rows < max(y0, y1))
        at = x0 + (rows[crossed] - y0) * (x1 - x0) / (y1 - y0) if crossed.any() else []
        left[crossed], right[crossed] = numpy.minimum(left[crossed], at), numpy.maximum(right[crossed], at)
    return left, right


def region_areas(svg, count):
    """Pixels of the regions of members 1 .. 2^count - 1."""
    drawn = [shape for shape in shapes(svg)]
    drawn += [None] * (count - len(drawn))
    boxes = numpy.array([_box(shape) for shape in drawn if shape is not None])
    left, top, right, bottom = *boxes[:, :2].min(axis=0), *boxes[:, 2:].max(axis=0)
    side = max(right - left, bottom - top)
    columns = left + (numpy.arange(PIXELS) + 0.5) * side / PIXELS
    rows = top + (numpy.arange(PIXELS) + 0.5) * side / PIXELS
    members = numpy.zeros((PIXELS, PIXELS), dtype=numpy.uint8)
    for k, shape in enumerate(drawn):
        if shape is not None:
            begins, ends = _spans(shape, rows)
            members |= ((columns >= begins[:, None]) & (columns <= ends[:, None])).astype(numpy.uint8) << k
    return numpy.bincount(members.ravel(), minlength=2**count)[1:].astype(float)
