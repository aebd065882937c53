import pathlib
import random

import pytest

import vesica

ROOT = pathlib.Path(__file__).resolve().parents[3]


def addresses(first, count):
    return [f"person{i}@example{i % 97}.com" for i in range(first, first + count)]


@pytest.fixture(autouse=True)
def namespace_of_doctests(doctest_namespace):
    doctest_namespace["vesica"] = vesica


@pytest.fixture
def lists():
    """Two lists of 2,000 and 500 addresses, 100 of them in both, shuffled and with duplicates, blanks and junk."""
    rng = random.Random(7)
    marketing = addresses(0, 2000) + addresses(0, 50) + [None, "", "  ", "junk", "a@b@c.com"]
    sales = [key.upper() for key in addresses(1900, 500)] + [None, "nobody"]
    rng.shuffle(marketing)
    rng.shuffle(sales)
    return marketing, sales
