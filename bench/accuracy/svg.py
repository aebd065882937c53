"""Plots as SVG text: axes, lines with markers, a band. The same input gives the same bytes."""

import math
from xml.sax.saxutils import escape

WIDTH, HEIGHT = 720, 440
LEFT, RIGHT, TOP, BOTTOM = 70, 200, 40, 60  # margins; the legend is on the right
COLORS = ("#0b6e99", "#d1495b", "#8f6bb3", "#7a7a7a", "#b08d57", "#3a8f5c", "#222222", "#e08e0b")
MARKERS = ("circle", "square", "diamond", "triangle")


class Scale:
    """Maps values to pixels, linearly or by logarithm."""

    def __init__(self, low, high, begin, end, logarithmic):
        self.map = math.log if logarithmic else float
        self.low, self.high = self.map(low), self.map(high)
        self.begin, self.end = begin, end

    def __call__(self, value):
        part = (self.map(value) - self.low) / (self.high - self.low)
        return f"{self.begin + part * (self.end - self.begin):.1f}"


def text(x, y, content, anchor="middle", size=12, extra=""):
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}" font-size="{size}"{extra}>{escape(content)}</text>'


def marker(shape, x, y, color):
    x, y = float(x), float(y)
    if shape == "circle":
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{color}"/>'
    if shape == "square":
        return f'<rect x="{x - 3.5:.1f}" y="{y - 3.5:.1f}" width="7" height="7" fill="{color}"/>'
    corners = {"diamond": ((0, -5), (5, 0), (0, 5), (-5, 0)), "triangle": ((0, -5), (5, 4), (-5, 4))}[shape]
    points = " ".join(f"{x + dx:.1f},{y + dy:.1f}" for dx, dy in corners)
    return f'<polygon points="{points}" fill="{color}"/>'


class Plot:
    def __init__(self, title, x_label, y_label, x_ticks, y_ticks, x_log=False, y_log=False):
        """Ticks are pairs of a value and its text; the first and the last are the ends of the axis."""
        self.x = Scale(x_ticks[0][0], x_ticks[-1][0], LEFT, WIDTH - RIGHT, x_log)
        self.y = Scale(y_ticks[0][0], y_ticks[-1][0], HEIGHT - BOTTOM, TOP, y_log)
        self.series = 0
        self.parts = [text((LEFT + WIDTH - RIGHT) // 2, 22, title, size=15),
                      text((LEFT + WIDTH - RIGHT) // 2, HEIGHT - 14, x_label),
                      text(18, (TOP + HEIGHT - BOTTOM) // 2, y_label,
                           extra=f' transform="rotate(-90 18 {(TOP + HEIGHT - BOTTOM) // 2})"')]
        for value, label in x_ticks:
            x = self.x(value)
            self.parts.append(f'<line x1="{x}" y1="{TOP}" x2="{x}" y2="{HEIGHT - BOTTOM}" stroke="#e4e4e4"/>')
            self.parts.append(text(x, HEIGHT - BOTTOM + 18, label))
        for value, label in y_ticks:
            y = self.y(value)
            self.parts.append(f'<line x1="{LEFT}" y1="{y}" x2="{WIDTH - RIGHT}" y2="{y}" stroke="#e4e4e4"/>')
            self.parts.append(text(LEFT - 8, float(y) + 4, label, anchor="end"))

    def band(self, low, high):
        """Shades what lies between two values of y."""
        top, bottom = self.y(high), self.y(low)
        self.parts.append(f'<rect x="{LEFT}" y="{top}" width="{WIDTH - RIGHT - LEFT}" '
                          f'height="{float(bottom) - float(top):.1f}" fill="#3a8f5c" fill-opacity="0.12"/>')

    def add(self, label, points, line=True):
        """A series of points (x, y), in order, and its line of the legend."""
        color, shape = COLORS[self.series % len(COLORS)], MARKERS[self.series % len(MARKERS)]
        places = [(self.x(x), self.y(y)) for x, y in points]
        if line and len(places) > 1:
            path = " ".join(f"{x},{y}" for x, y in places)
            self.parts.append(f'<polyline points="{path}" fill="none" stroke="{color}" stroke-width="2"/>')
        self.parts += [marker(shape, x, y, color) for x, y in places]
        y = TOP + 10 + 22 * self.series
        self.parts.append(marker(shape, WIDTH - RIGHT + 20, y, color))
        self.parts.append(text(WIDTH - RIGHT + 34, y + 4, label, anchor="start"))
        self.series += 1

    def render(self):
        head = (f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
                f'viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" fill="#222222">\n'
                f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>\n')
        return head + "\n".join(self.parts) + "\n</svg>\n"
