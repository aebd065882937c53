"""The build backend: scikit-build-core, with a source distribution that carries what the package is built from.

A checkout has the core around this folder. A source distribution gets it as `core/`, with the sources of Abseil and
Highway in `core/third_party/`, so that it builds wherever the packages are that CONTRIBUTING.md names.
"""

import contextlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from scikit_build_core import build as _build
from scikit_build_core.build import (  # noqa: F401, pylint: disable=unused-import
    build_editable,
    build_wheel,
    get_requires_for_build_editable,
    get_requires_for_build_sdist,
    get_requires_for_build_wheel,
    prepare_metadata_for_build_editable,
    prepare_metadata_for_build_wheel,
)

HERE = Path(__file__).resolve().parent
CORE = ["CMakeLists.txt", "LICENSE", "THIRD_PARTY_LICENSES", "capi/CMakeLists.txt", "capi/vesica.map", "capi/include",
        "capi/src", "cmake", "data", "include", "lib"]


def build_sdist(sdist_directory, config_settings=None):
    """Builds the source distribution; from an unpacked one, the same again."""
    target = str(Path(sdist_directory).resolve())
    if (HERE / "core").exists():
        return _build.build_sdist(target, config_settings)
    with tempfile.TemporaryDirectory() as folder:
        stage = Path(folder) / "vesica"
        shutil.copytree(HERE, stage, ignore=shutil.ignore_patterns("build", "dist", "__pycache__", ".*", "*.so"))
        _copy_core(HERE.parent.parent, stage / "core")
        with contextlib.chdir(stage) if hasattr(contextlib, "chdir") else _chdir(stage):
            return _build.build_sdist(target, config_settings)


def _copy_core(root, core):
    for name in CORE:
        source, target = root / name, core / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            shutil.copy(source, target)
    subprocess.run([root / "dev", "deps"], check=True)
    for name in ["abseil", "highway"]:
        source = os.environ.get(f"VESICA_{name.upper()}_SOURCE") or root / "build" / "deps-src" / name
        shutil.copytree(source, core / "third_party" / name, ignore=shutil.ignore_patterns("debian", ".pc", ".git*"))


@contextlib.contextmanager
def _chdir(folder):
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)
