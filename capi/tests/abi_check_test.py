"""capi/abi/check.sh fails on what breaks callers and passes what does not.

    abi_check_test.py REPOSITORY libvesica.so
"""

import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

REPOSITORY, LIBRARY = pathlib.Path(sys.argv[1]), sys.argv[2]
HEADER = (REPOSITORY / "capi/include/vesica.h").read_text()


def is_compatible(header):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "changed.h"
        path.write_text(header)
        check = subprocess.run([REPOSITORY / "capi/abi/check.sh", LIBRARY, path], capture_output=True, text=True)
        return check.returncode == 0, check.stdout + check.stderr


def changed(before, after):
    assert HEADER.count(before) == 1, before
    return HEADER.replace(before, after)


class AbiCheckTest(unittest.TestCase):
    def assert_passes(self, header):
        compatible, output = is_compatible(header)
        self.assertTrue(compatible, output)

    def assert_fails(self, header):
        compatible, output = is_compatible(header)
        self.assertFalse(compatible, output)

    def test_the_header_as_it_is(self):
        self.assert_passes(HEADER)

    def test_more_functions_constants_and_fields_at_the_end(self):
        self.assert_passes(changed("VESICA_API const char* vesica_version(void);",
                                   "VESICA_API const char* vesica_version(void);\nVESICA_API int vesica_more(int a);"))
        self.assert_passes(changed("  VESICA_UNSUPPORTED = 11,", "  VESICA_UNSUPPORTED = 11,\n  VESICA_MORE = 12,"))
        self.assert_passes(changed("} vesica_overlap;", "  double more;\n} vesica_overlap;"))
        self.assert_passes(changed("} vesica_context_options;", "  uint64_t more;\n} vesica_context_options;"))

    @unittest.skipUnless(shutil.which("abidiff"), "libabigail is not installed")
    def test_changed_types(self):
        self.assert_fails(changed("  void* progress_user;\n", "  uint64_t more;\n  void* progress_user;\n"))  # in between
        self.assert_fails(changed("  uint64_t peak_bytes;", "  uint32_t peak_bytes;"))
        self.assert_fails(changed("} vesica_estimate;", "  double more;\n} vesica_estimate;"))  # never grows
        self.assert_fails(changed("typedef int32_t vesica_status;", "typedef int64_t vesica_status;"))
        self.assert_fails(changed("vesica_profile_list(uint32_t index,", "vesica_profile_list(uint64_t index,"))
        self.assert_fails(changed("VESICA_API uint32_t vesica_profile_count(void);", ""))

    def test_changed_constants(self):
        self.assert_fails(changed("VESICA_REASON_NO_AT = 2,", "VESICA_REASON_NO_AT = 18,"))
        self.assert_fails(changed("#define VESICA_SOURCE_READ_ONCE 0x1u", "#define VESICA_SOURCE_READ_ONCE 0x2u"))
        self.assert_fails(changed("  VESICA_TOO_NEW = 9, ", "  VESICA_NEWER = 9, "))

    def test_a_library_that_lost_a_function(self):
        with tempfile.TemporaryDirectory() as folder:
            source, library = pathlib.Path(folder) / "lost.c", pathlib.Path(folder) / "liblost.so"
            source.write_text("int vesica_version(void) { return 0; }\n")
            subprocess.run(["cc", "-shared", "-fPIC", "-o", library, source], check=True)
            check = subprocess.run([REPOSITORY / "capi/abi/check.sh", library], capture_output=True, text=True)
            self.assertEqual(check.returncode, 1)
            self.assertIn("vesica_matrix_json", check.stderr)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
