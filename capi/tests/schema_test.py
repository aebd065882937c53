"""overlap.schema.json describes the answers: the golden ones and those that the built library writes fit it, and
answers that are spoiled do not.

    schema_test.py REPOSITORY

Needs the module jsonschema; without it the test is skipped (exit 77).
"""

import copy
import json
import pathlib
import sys
import unittest

try:
    import jsonschema
except ImportError:
    print("skipped: this Python has no module jsonschema")
    sys.exit(77)

REPOSITORY = pathlib.Path(sys.argv[1])
SCHEMA = json.loads((REPOSITORY / "capi/overlap.schema.json").read_text())
ANSWERS = {path.name: json.loads(path.read_text()) for path in sorted((REPOSITORY / "tests/golden/json").glob("*.json"))}


class SchemaTest(unittest.TestCase):
    def setUp(self):
        jsonschema.Draft202012Validator.check_schema(SCHEMA)
        self.validator = jsonschema.Draft202012Validator(SCHEMA)

    def test_golden_answers_fit(self):
        self.assertGreaterEqual(len(ANSWERS), 3)
        for name, answer in ANSWERS.items():
            with self.subTest(name):
                self.assertEqual([error.message for error in self.validator.iter_errors(answer)], [])

    def test_no_key_can_be_lost_or_added_unseen(self):
        for name, answer in ANSWERS.items():
            for path in object_paths(answer):
                for key in list(at(answer, path)):
                    if not path and key in {"overlap", "regions", "pairs"}:
                        continue  # depend on the number of sets and on who answers
                    spoiled = copy.deepcopy(answer)
                    del at(spoiled, path)[key]
                    with self.subTest(name=name, path=path, lost=key):
                        self.assertFalse(self.validator.is_valid(spoiled))
                spoiled = copy.deepcopy(answer)
                at(spoiled, path)["unheard_of"] = 1
                with self.subTest(name=name, path=path):
                    self.assertFalse(self.validator.is_valid(spoiled))

    def test_counts_are_integers(self):
        spoiled = copy.deepcopy(ANSWERS["two_sets.json"])
        spoiled["sets"][0]["count"] = 0.5
        self.assertFalse(self.validator.is_valid(spoiled))


def object_paths(value, path=()):
    """The paths of all objects within."""
    if isinstance(value, dict):
        yield path
        for key, inner in value.items():
            yield from object_paths(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from object_paths(inner, (*path, index))


def at(value, path):
    for step in path:
        value = value[step]
    return value


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
