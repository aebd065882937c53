"""The order of the stages: a file of lib/ or include/vesica/ includes only its own stage and those before it, and one of
simulator/ none of them.

Run without arguments it checks the checker on planted trees, then the repository it lies in.
"""

import pathlib
import re
import sys
import tempfile
import unittest

STAGES = ["base", "arrow", "identity", "hash", "audience", "overlap", "wire", "table", "alignment", "report"]

# The stage whose interface each public header is.
PUBLIC_HEADERS = {
    "status": "base",
    "context": "base",
    "keys": "arrow",
    "identity": "identity",
    "hash": "hash",
    "audience": "audience",
    "overlap": "overlap",
    "planner": "overlap",
    "wire": "wire",
    "json": "table",
    "table": "table",
    "answer_tables": "table",
    "events": "alignment",
    "study": "alignment",
    "report": "report",
}

INCLUDE = re.compile(r'^\s*#\s*include\s+(["<])([^">]+)[">]')
REPOSITORY = pathlib.Path(__file__).resolve().parent.parent


def stage_of_include(path):
    """The stage an included path belongs to, or None if it is not the project's."""
    parts = pathlib.PurePosixPath(path).parts
    if len(parts) == 2 and parts[0] == "vesica":
        return PUBLIC_HEADERS.get(pathlib.PurePosixPath(parts[1]).stem, f"unlisted public header {path}")
    if len(parts) >= 2 and parts[0] in STAGES:
        return parts[0]
    return None


def stage_of_file(path, root):
    """The stage a source file belongs to."""
    parts = path.relative_to(root).parts
    if parts[0] == "lib":
        return parts[1]
    return stage_of_include(f"vesica/{path.name}")


def violations(root):
    """One line for every include that breaks the order, and for every file of no known stage."""
    found = []
    files = [path for folder in ("lib", "include/vesica") for path in (root / folder).rglob("*")]
    for path in sorted(path for path in files if path.suffix in (".h", ".cc", ".inc")):
        own = stage_of_file(path, root)
        name = path.relative_to(root)
        if own not in STAGES:
            found.append(f"{name}: {own} is not a stage; see STAGES and PUBLIC_HEADERS in {pathlib.Path(__file__).name}")
            continue
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            match = INCLUDE.match(line)
            if not match:
                continue
            quote, target = match.groups()
            if ".." in pathlib.PurePosixPath(target).parts:
                found.append(f"{name}:{number}: {target} steps out of its folder")
                continue
            stage = stage_of_include(target)
            if stage is None and quote == '"' and (path.parent / target).exists():
                found.append(f"{name}:{number}: write the stage before {target}")
            if stage is not None and (stage not in STAGES or STAGES.index(stage) > STAGES.index(own)):
                found.append(f"{name}:{number}: {own} includes {target} of {stage}, which comes later")
    return found + simulator_violations(root)


def simulator_violations(root):
    """The simulator's includes of what its events are to test."""
    found = []
    for path in sorted((root / "simulator").glob("*")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            match = INCLUDE.match(line)
            if match and stage_of_include(match.group(2)) is not None:
                found.append(f"{path.relative_to(root)}:{number}: the simulator includes {match.group(2)}")
    return found


class CheckerTest(unittest.TestCase):
    def check(self, files):
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            for name, text in files.items():
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                (root / name).write_text(text)
            return violations(root)

    def test_forward_includes_pass(self):
        self.assertEqual(
            [],
            self.check({
                "lib/hash/a.cc": '#include "hash/a.h"\n#include "vesica/keys.h"\n#include <vector>\n#include "absl/x/y.h"\n',
                "lib/hash/a.h": '#include "base/error.h"\n',
                "include/vesica/overlap.h": '#include "vesica/audience.h"\n',
            }))

    def test_backward_includes_fail(self):
        for name, line in [
            ("lib/base/a.cc", '#include "hash/key_hasher.h"'),
            ("lib/base/a.h", '  #  include "vesica/keys.h"'),
            ("lib/identity/a.cc", "#include <vesica/overlap.h>"),
            ("include/vesica/status.h", '#include "vesica/context_of_nothing.h"'),
            ("include/vesica/keys.h", '#include "identity/ascii.h"'),
            ("lib/hash/a.cc", '#include "../overlap/x.h"'),
            ("lib/hash/a.cc", '#include "a.h"'),
        ]:
            with self.subTest(name=name, line=line):
                self.assertEqual(1, len(self.check({"lib/hash/a.h": "", name: f"\n{line}\n"})))

    def test_simulator_knows_no_stage(self):
        self.assertEqual([], self.check({"simulator/a.cc": '#include "plan.h"\n#include <vector>\n'}))
        for target in ("vesica/study.h", "alignment/event.h"):
            self.assertEqual(1, len(self.check({"simulator/a.cc": f'#include "{target}"\n'})))

    def test_unknown_stage_fails(self):
        self.assertEqual(1, len(self.check({"lib/misc/a.cc": ""})))


class RepositoryTest(unittest.TestCase):
    def test_no_backward_include(self):
        self.assertTrue((REPOSITORY / "lib" / "base").is_dir())
        self.assertEqual([], violations(REPOSITORY))


if __name__ == "__main__":
    sys.exit(unittest.main())
