"""The header and the built library agree, and neither shows what it should not.

    header_test.py vesica.h libvesica.so [--sanitized]
"""

import pathlib
import re
import subprocess
import sys
import unittest

HEADER = pathlib.Path(sys.argv[1])
LIBRARY = sys.argv[2]
SANITIZED = "--sanitized" in sys.argv

# What the library may need at run time: the C and C++ runtimes, and the three libraries behind domains and hashes.
ALLOWED_NEEDS = re.compile(
    r"lib(c|m|stdc\+\+|gcc_s|psl|idn2|sodium)\.so\.\d+|ld-linux[-\w]*\.so\.\d+")
SANITIZER_RUNTIMES = re.compile(r"lib(asan|ubsan|tsan)\.so\.\d+")


def output_of(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def code_of(text):
    """The text without comments and strings, with continued lines joined."""
    text = re.sub(r"/\*.*?\*/", " ", text, flags=re.S)
    text = re.sub(r'"[^"\n]*"', '""', text)
    return text.replace("\\\n", " ")


def names_of(code):
    """Every name the header gives a meaning to outside of its structs and parameter lists."""
    names = set(re.findall(r"^\s*#\s*define\s+(\w+)", code, flags=re.M))
    code = re.sub(r"^\s*#.*$", "", code, flags=re.M)
    names |= set(re.findall(r"\b(?:struct|enum|union)\s+(\w+)", code))
    for body in re.findall(r"\benum\s*\{(.*?)\}", code, flags=re.S):
        names |= set(re.findall(r"(\w+)\s*=", body))
    flat = code.replace('extern "" {', " ")
    while re.search(r"\{[^{}]*\}", flat):  # leaves what is at file scope
        flat = re.sub(r"\{[^{}]*\}", " ", flat)
    for statement in flat.split(";"):
        statement = statement.strip()
        pointer = re.search(r"\(\s*\*\s*(\w+)\s*\)", statement)
        if statement.startswith("typedef") and pointer:
            names.add(pointer.group(1))
        elif statement.startswith("typedef"):
            names.add(re.findall(r"\w+", statement)[-1])
        elif "(" in statement:
            names.add(re.findall(r"\w+", statement.split("(")[0])[-1])
    return names


def functions_of(code):
    return set(re.findall(r"\b(vesica_\w+)\s*\(", code))


class HeaderTest(unittest.TestCase):
    def setUp(self):
        self.code = code_of(HEADER.read_text())

    def test_every_name_has_the_projects_prefix_or_is_arrows(self):
        names = names_of(self.code)
        self.assertIn("vesica_next_fn", names)
        self.assertIn("VESICA_REASON_NAME", names)
        self.assertIn("vesica_matrix_json", names)
        stray = {name for name in names if not re.match(r"vesica_|VESICA_|Arrow|ARROW_", name)}
        self.assertEqual(stray, set())

    def test_names_are_found_where_they_would_hurt(self):
        planted = code_of("#define OK 0\nstruct span { int a; };\nenum { LAST = 3 };\ntypedef int idx_t;\n"
                          "typedef int (*callback)(void);\nVESICA_API int count(int n);\n")
        self.assertEqual(names_of(planted), {"OK", "span", "LAST", "idx_t", "callback", "count"})

    def test_exactly_the_headers_functions_are_exported(self):
        exported = set()
        for line in output_of("nm", "-D", "--defined-only", LIBRARY).splitlines():
            _, kind, name = line.split()
            if kind == "A" and name.startswith("VESICA_"):
                continue  # the version node
            exported.add(name.split("@")[0])
        self.assertEqual(exported, functions_of(self.code))

    def test_needs_only_what_vendors_ship(self):
        needs = re.findall(r"\(NEEDED\).*\[(.*)\]", output_of("readelf", "-d", LIBRARY))
        self.assertIn("libc.so.6", needs)
        for need in needs:
            allowed = ALLOWED_NEEDS.fullmatch(need) or (SANITIZED and SANITIZER_RUNTIMES.fullmatch(need))
            self.assertTrue(allowed, need)

    def test_runs_no_code_that_changes_floating_point(self):
        """-ffast-math links crtfastmath.o, whose set_fast_math flushes denormals of the whole process."""
        self.assertNotIn("set_fast_math", output_of("nm", LIBRARY))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
