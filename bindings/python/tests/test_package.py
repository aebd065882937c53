"""What holds for the package as it is installed."""

import ast
import doctest
import importlib
import importlib.metadata
import pathlib
import pkgutil
import re
import subprocess
import sys
import types

import pytest

import vesica
from conftest import ROOT

MODULES = [importlib.import_module(f"vesica.{module.name}") for module in pkgutil.iter_modules(vesica.__path__)
           if module.name != "_core"]


def test_is_not_the_source_tree():
    """The tests are of the wheel: an import from the checkout would test something else."""
    if "PYTEST_FROM_CHECKOUT" not in __import__("os").environ:
        assert ROOT / "bindings" not in pathlib.Path(vesica.__file__).parents


def test_version():
    header = (ROOT / "capi" / "include" / "vesica.h").read_text()
    version = ".".join(re.search(rf"VESICA_VERSION_{part} (\d+)", header)[1] for part in ("MAJOR", "MINOR", "PATCH"))
    project = re.search(r'^version = "(.*)"', (ROOT / "bindings" / "python" / "pyproject.toml").read_text(), re.M)[1]
    assert vesica.__version__ == version == project


@pytest.mark.parametrize("module", [vesica, *MODULES], ids=lambda module: module.__name__)
def test_examples_of_docstrings(module):
    failed, _ = doctest.testmod(module, extraglobs={"vesica": vesica}, optionflags=doctest.NORMALIZE_WHITESPACE)
    assert failed == 0


def test_there_are_examples():
    finder = doctest.DocTestFinder()
    assert sum(len(found.examples) for module in MODULES for found in finder.find(module)) > 25


def test_everything_public_is_documented():
    for name in vesica.__all__:
        thing = getattr(vesica, name)
        assert thing.__doc__, name
        if isinstance(thing, type):
            for attribute, value in vars(thing).items():
                if not attribute.startswith("_") and isinstance(value, (types.FunctionType, property, classmethod)):
                    assert value.__doc__, f"{name}.{attribute}"
    assert sorted(vesica.__all__) == vesica.__all__


def test_stub_of_the_core_is_true():
    """Names of functions and parameters in _core.pyi are those of the compiled module."""
    from vesica import _core

    stub = ast.parse(pathlib.Path(_core.__file__).with_name("_core.pyi").read_text())

    def check(nodes, owner, path):
        names = set()
        for node in nodes:
            if isinstance(node, ast.ClassDef):
                names.add(node.name)
                check(node.body, getattr(owner, node.name), f"{path}.{node.name}")
            elif isinstance(node, ast.FunctionDef):
                names.add(node.name)
                if node.name == "__init__":
                    continue
                signature = getattr(owner, node.name).__nb_signature__[0][0]
                actual = ast.parse(signature.replace("\\n", "") + ": ...").body[0]
                assert [arg.arg for arg in actual.args.args] == [arg.arg for arg in node.args.args], (path, node.name)
            elif isinstance(node, ast.AnnAssign):
                names.add(node.target.id)
        return names

    public = {name for name in vars(_core) if not name.startswith("_")}
    assert public == {name for name in check(stub.body, _core, "_core") if not name.startswith("_")}


def run(*command, **options):
    done = subprocess.run(command, text=True, capture_output=True, **options)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_types(tmp_path):
    pytest.importorskip("mypy")
    config = str(ROOT / "bindings" / "python" / "pyproject.toml")
    run(sys.executable, "-m", "mypy", "--config-file", config, "--cache-dir", str(tmp_path), "-p", "vesica", cwd=tmp_path)
    # What nanobind makes is not what stubs can say: checked above. The rest is for type checkers only.
    allowed = tmp_path / "allowed"
    allowed.write_text("\n".join([r"vesica\._core(\..*)?", r"vesica\._context\.Progress(Bar)?", r"vesica\._sets\.Tell",
                                  r"vesica\._table\.(pandas|polars|pyarrow)", r"vesica\._keys\.np"]))
    run(sys.executable, "-m", "mypy.stubtest", "vesica", "--mypy-config-file", config, "--allowlist", str(allowed),
        "--ignore-unused-allowlist", cwd=tmp_path)


def test_imports_nothing_else():
    """The package needs no other, and does not import what happens to be there."""
    loaded = run(sys.executable, "-c", "import vesica, sys; print(*sys.modules)").split()
    assert not {"matplotlib", "numpy", "pandas", "polars", "pyarrow", "tqdm", "json"} & set(loaded)
    needed = importlib.metadata.metadata("vesica").get_all("Requires-Dist") or []
    assert all("; extra ==" in one for one in needed), needed


def test_import_is_fast():
    """At most 50 ms over an empty Python; the least of several tries, each beside its empty one."""
    import time

    def seconds(code):
        began = time.perf_counter()
        run(sys.executable, "-c", code)
        return time.perf_counter() - began

    assert min(seconds("import vesica") - seconds("pass") for _ in range(7)) < 0.05


def test_licences_are_inside():
    """Of the package, and of each library that is bundled with it."""
    files = [str(path) for path in importlib.metadata.files("vesica")]
    assert {"LICENSE", "THIRD_PARTY_LICENSES", "py.typed", "_core.pyi"} <= {pathlib.Path(path).name for path in files}
    bundled = {re.match(r"lib[a-z]+", pathlib.Path(path).name)[0] for path in files if ".libs/lib" in path}
    assert {"libpsl", "libsodium"} <= bundled
    for library in bundled:
        assert any(re.search(rf"/licenses/{library}[-0-9]*/copyright$", path) for path in files), library
    assert any(path.endswith("/licenses/common/LGPL-3") for path in files)


def test_module_shows_and_needs_nothing_of_others():
    """It exports what Python looks for, and neither a libabsl nor a libvesica has to be there."""
    from vesica import _core

    exported = run("nm", "-D", "--defined-only", _core.__file__).split("\n")
    assert [line.split()[-1] for line in exported if line] == ["PyInit__core"]
    needed = re.findall(r"NEEDED.*\[(\w+)", run("readelf", "-d", _core.__file__))
    assert set(needed) <= {"libpsl", "libidn2", "libsodium", "libstdc", "libm", "libgcc_s", "libc", "ld"}


def test_source_distribution_has_what_it_is_built_from():
    import tarfile

    (archive,) = (ROOT / "build" / "python" / "sdist").glob("*.tar.gz")
    with tarfile.open(archive) as tar:
        names = {name.partition("/")[2] for name in tar.getnames()}
    assert {"pyproject.toml", "LICENSE", "src/module.cc", "vesica/__init__.py", "core/CMakeLists.txt",
            "core/capi/include/vesica.h", "core/data/public_suffix_list.dat", "core/third_party/abseil/CMakeLists.txt",
            "core/third_party/highway/CMakeLists.txt", "core/cmake/vesica.pc.in"} <= names
    for folder in ("lib", "include", "capi/src"):
        for path in (ROOT / folder).rglob("*"):
            if path.is_file():
                assert f"core/{path.relative_to(ROOT)}" in names
    assert not any(part in name for name in names for part in ("__pycache__", ".so", "/build/"))
