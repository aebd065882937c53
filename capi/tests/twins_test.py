"""Every public C++ function has a C function that does the same, or a reason not to: cpp_twins.txt says which.

    twins_test.py REPOSITORY
"""

import pathlib
import re
import sys
import unittest

REPOSITORY = pathlib.Path(sys.argv[1])
TWINS = REPOSITORY / "capi/tests/cpp_twins.txt"


def cpp_functions(text):
    """Names of the functions a public C++ header declares; for members, Class::name. Private parts are left out."""
    text = re.sub(r"//[^\n]*", "", text)
    names, scope = set(), []
    for line in text.splitlines():
        opened = re.match(r"(\s*)(class|struct)\s+(\w+)[^;]*\{", line)
        if opened:
            scope.append((len(opened.group(1)), opened.group(3), opened.group(2) == "struct"))
            continue
        if scope and re.match(r"\s{%d}\};" % scope[-1][0], line):
            scope.pop()
            continue
        access = re.match(r"\s*(public|protected|private):", line)
        if access and scope:
            scope[-1] = (*scope[-1][:2], access.group(1) == "public")
            continue
        if scope and not all(public for _, _, public in scope):
            continue
        indent = len(line) - len(line.lstrip())
        if indent != (scope[-1][0] + 2 if scope else 0):
            continue  # a body, or a declaration that goes on
        declared = re.match(r"\s*\S.*?[\s&*](\w+)\(", line)  # a type, then the first name with parameters
        if not declared or "operator" in line or "~" in line:
            continue
        name = declared.group(1)
        if scope and name == scope[-1][1]:
            continue  # a constructor
        names.add("::".join([inner for _, inner, _ in scope] + [name]))
    return names


def public_functions():
    return {name for path in sorted((REPOSITORY / "include/vesica").glob("*.h")) for name in cpp_functions(path.read_text())}


def listed():
    """The list: name -> (C functions, reason)."""
    entries = {}
    for line in TWINS.read_text().splitlines():
        if not line or line.startswith("#"):
            continue
        name, _, rest = line.partition(" ")
        if name in entries:
            raise ValueError(f"{name} is listed twice")
        entries[name] = rest.strip()
    return entries


class TwinsTest(unittest.TestCase):
    def test_every_public_function_is_listed_and_no_other(self):
        self.assertEqual(public_functions(), set(listed()))

    def test_every_twin_is_in_the_header(self):
        header = set(re.findall(r"\b(vesica_\w+)\s*\(", (REPOSITORY / "capi/include/vesica.h").read_text()))
        for name, rest in listed().items():
            twins = re.findall(r"\bvesica_\w+", rest)
            if rest.startswith("-"):
                self.assertGreater(len(rest), 4, f"{name} has no reason")
            else:
                self.assertTrue(twins, name)
                self.assertLessEqual(set(twins), header, name)

    def test_functions_are_found(self):
        self.assertEqual(
            cpp_functions("absl::StatusOr<Regions> CountRegions(std::span<const KeySource* const> sets,\n"
                          "                                     Context& context);\n"
                          "class Audience {\n public:\n  uint64_t count() const;\n  Audience(int a);\n"
                          "  const Q& quality() const { return quality_; }\n private:\n  int hidden() const;\n};\n"),
            {"CountRegions", "Audience::count", "Audience::quality"})


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
