#!/usr/bin/python3
"""Layouts of circles against areas counted by points, and against those of others.

  VESICA_LAYOUT=PROGRAM circles_oracle.py

PROGRAM is built of layout.cc. Skipped (exit code 77) without numpy. A peer that is not installed is left out, and the
test says so.
"""

import json
import math
import os
import subprocess
import sys
import unittest

try:
    import numpy
except ImportError:
    print("skipped: there is no numpy (package python3-numpy)")
    sys.exit(77)

import cases
import counting
import peers
import raster

COUNTED = 5e-4  # what counting is off by: twice the most that was seen
TRUE = 0.01  # of everything: from there on the library says that a picture is not true
PERFECT = 1e-4  # tenth of eulerr's own bar (cases.py)
BESIDE = 1e-3  # how much better than ours a peer may be in the largest difference; ours minimises squares
BESIDE_STRESS = 1e-4
PAINTED = 1e-3  # what pixels, and lengths of two decimals, are off by: five times the most that was seen
DIGITS = 2e-9  # JSON has nine of them


def answers(sets):
    """name -> the library's layout and its picture."""
    lines = "".join(" ".join(map(str, regions)) + "\n" for regions in sets.values())
    done = subprocess.run([os.environ["VESICA_LAYOUT"]], input=lines, capture_output=True, text=True, check=True)
    return dict(zip(sets, map(json.loads, done.stdout.splitlines()), strict=True))


def ellipses(layout):
    return [counting.Ellipse(one["x"], one["y"], one["a"], one["b"], one["cosine"], one["sine"])
            for one in layout["sets"]]


class Counting(unittest.TestCase):
    """The yardstick itself, where areas are known in closed form."""

    def test_lens(self):
        for distance in (0.2, 1.0, 1.9):
            lens = 2 * math.acos(distance / 2) - distance / 2 * math.sqrt(4 - distance**2)
            counted = counting.region_areas([counting.circle(0, 0, 1), counting.circle(distance, 0, 1)])
            numpy.testing.assert_allclose(counted, [math.pi - lens, math.pi - lens, lens], atol=COUNTED * math.pi)

    def test_small_sets_are_measured_as_well(self):
        areas = counting.region_areas([counting.circle(0, 0, 1), counting.circle(0.5, 0, 1e-6)])
        numpy.testing.assert_allclose(areas, [math.pi, 0, math.pi * 1e-12], rtol=1e-9)

    def test_turned_ellipse(self):
        turned = counting.Ellipse(0, 0, 3, 1, math.cos(1), math.sin(1))
        inside = counting.circle(2.9 * math.cos(1), 2.9 * math.sin(1), 0.01)
        self.assertGreater(counting.region_areas([turned, inside])[2], 0)
        self.assertEqual(counting.region_areas([turned, counting.circle(2.9, 0, 0.01)])[2], 0)

    def test_a_wrong_layout_is_seen(self):
        layout = answers({"one": (992, 42, 8)})["one"]["layout"]
        sets = ellipses(layout)
        moved = counting.circle(sets[1].x + 0.5 * sets[1].a, sets[1].y, sets[1].a)
        self.assertLess(counting.diag_error(counting.region_areas(sets), (992, 42, 8)), COUNTED)
        self.assertGreater(counting.diag_error(counting.region_areas([sets[0], moved]), (992, 42, 8)), 5 * COUNTED)


class Painting(unittest.TestCase):
    """The other yardstick: pictures made by hand."""

    PICTURE = '<svg xmlns="http://www.w3.org/2000/svg"><circle class="v-soft v-s1" cx="50" cy="50" r="40"/>{}</svg>'

    def painted(self, second):
        areas = raster.region_areas(self.PICTURE.format(second), 2)
        return areas / areas.sum()

    def test_circle(self):
        shares = self.painted('<circle class="v-soft v-s2" cx="50" cy="50" r="20"/>')
        numpy.testing.assert_allclose(shares, [0.75, 0, 0.25], atol=PAINTED)

    def test_polygon(self):
        shares = self.painted('<path class="v-soft v-s2" d="M100,10L180,10L180,90L100,90Z"/>')
        numpy.testing.assert_allclose(shares, numpy.array([numpy.pi, 4, 0]) / (4 + numpy.pi), atol=PAINTED)

    def test_no_second_set(self):
        self.assertEqual(list(self.painted('<circle class="v-l2" cx="50" cy="50" r="20"/>')), [1, 0, 0])


class Layouts(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.cases = cases.every_case()
        found = answers(cls.cases)
        cls.layouts = {name: answer["layout"] for name, answer in found.items()}
        cls.pictures = {name: answer["svg"] for name, answer in found.items()}
        cls.areas = {name: counting.region_areas(ellipses(layout)) for name, layout in cls.layouts.items()}

    def case(self, name):
        """What a case asks for, its layout and its counted areas."""
        return self.cases[name], self.layouts[name], self.areas[name]

    def test_answers_say_what_is_drawn(self):
        for name in self.cases:
            with self.subTest(name, regions=self.cases[name]):
                wanted, layout, counted = self.case(name)
                drawn = numpy.array([region["drawn"] for region in layout["regions"]])
                self.assertEqual([region["members"] for region in layout["regions"]], list(range(1, len(wanted) + 1)))
                numpy.testing.assert_allclose([region["wanted"] for region in layout["regions"]], wanted, rtol=1e-8)
                numpy.testing.assert_allclose(counted / counted.sum(), drawn / drawn.sum(), atol=COUNTED)
                self.assertAlmostEqual(layout["diag_error"], counting.diag_error(drawn, wanted), delta=DIGITS)
                self.assertAlmostEqual(layout["stress"], counting.stress(drawn, wanted), delta=DIGITS)
                self.assertEqual(layout["circles"], all(one.a == one.b for one in ellipses(layout)))

    def exact_to(self, names, reported):
        """The library says that these are exact to `reported`, and counting does not say otherwise."""
        for name in names:
            with self.subTest(name, regions=self.cases[name]):
                wanted, layout, counted = self.case(name)
                self.assertLess(layout["diag_error"], reported)
                self.assertLess(counting.diag_error(counted, wanted), reported + COUNTED)

    def test_two_sets_are_circles_and_exact(self):
        pairs = [name for name, regions in self.cases.items() if len(regions) <= 3]
        self.exact_to(pairs, 1e-9)
        self.assertTrue(all(self.layouts[name]["circles"] for name in pairs))

    def test_lists_that_overlap_are_true(self):
        self.exact_to([*cases.TRIPLES, *cases.overlapping()], TRUE)

    def test_published_cases_of_eulerr(self):
        self.exact_to(cases.EULERR, PERFECT)

    def test_pictures_show_the_areas(self):
        seen = set()
        for name, svg in self.pictures.items():
            with self.subTest(name, regions=self.cases[name]):
                wanted, layout, _ = self.case(name)
                painted = raster.region_areas(svg, (len(wanted) + 1).bit_length() - 1)
                self.assertLess(counting.diag_error(painted, wanted), layout["diag_error"] + PAINTED)
                told = "Not true to area" in svg
                self.assertEqual(told, layout["diag_error"] > TRUE)
                seen.add((told, layout["circles"]))
        self.assertEqual(seen, {(False, True), (False, False), (True, False)}, "cases of every kind")

    def beside(self, peer, circles):
        """The areas of a peer's circles are no better than ours: the largest difference, and the squares."""
        if circles is None:
            print(f"{peer} is not installed and left out")
            return
        true = {"ours": 0, peer: 0}
        for name in circles:
            with self.subTest(name, regions=self.cases[name]):
                wanted, _, ours = self.case(name)
                theirs = counting.region_areas(circles[name])
                off, theirs_off = counting.diag_error(ours, wanted), counting.diag_error(theirs, wanted)
                true["ours"] += off <= TRUE
                true[peer] += theirs_off <= TRUE
                self.assertLessEqual(off, theirs_off + BESIDE)
                self.assertLessEqual(counting.stress(ours, wanted), counting.stress(theirs, wanted) + BESIDE_STRESS)
        print(f"true to 1 % of {len(circles)}: " + ", ".join(f"{who} {count}" for who, count in true.items()))
        self.assertGreaterEqual(true["ours"], true[peer])

    def test_beside_venn_js(self):
        self.beside("venn.js", peers.venn_js(self.cases))

    def test_beside_matplotlib_venn(self):
        self.beside("matplotlib-venn", peers.matplotlib_venn(self.cases))


if __name__ == "__main__":
    unittest.main()
