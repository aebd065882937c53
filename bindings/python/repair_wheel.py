"""Makes a wheel that runs on other machines: bundles the shared libraries it needs, with their licences.

    python repair_wheel.py WHEEL FOLDER

auditwheel copies the libraries; this adds to them the licences of the Debian packages they come from.
"""

import base64
import csv
import hashlib
import io
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

DOC = Path("/usr/share/doc")
COMMON = Path("/usr/share/common-licenses")


def main(wheel, folder):
    with tempfile.TemporaryDirectory() as name:
        repaired = Path(name)
        subprocess.run([sys.executable, "-m", "auditwheel", "repair", wheel, "-w", repaired], check=True)
        (made,) = repaired.glob("*.whl")
        Path(folder).mkdir(parents=True, exist_ok=True)
        add_files(made, Path(folder) / made.name, licences(packages_of(Path(wheel), made)))
        print(Path(folder) / made.name)


def packages_of(wheel, repaired):
    """The Debian packages of the libraries that were bundled."""
    with tempfile.TemporaryDirectory() as name, zipfile.ZipFile(wheel) as archive:
        (module,) = (entry for entry in archive.namelist() if entry.endswith(".so"))
        needed = subprocess.run(["ldd", archive.extract(module, name)], check=True, capture_output=True, text=True).stdout
    paths = dict(re.findall(r"(lib\w+)\.so\S* => (\S+)", needed))
    with zipfile.ZipFile(repaired) as archive:
        bundled = [Path(entry).name for entry in archive.namelist() if ".libs/lib" in entry]
    return sorted({package_of(Path(paths[re.match(r"lib\w+", library)[0]]).resolve()) for library in bundled})


def package_of(path):
    # Before /usr was merged packages had their libraries in /lib.
    for place in (path, Path(str(path).removeprefix("/usr"))):
        found = subprocess.run(["dpkg-query", "-S", place], capture_output=True, text=True)
        if found.returncode == 0:
            return found.stdout.partition(":")[0]
    raise SystemExit(f"no Debian package has {path}: its licence is not known")


def licences(packages):
    """Name in the wheel and content of each licence: what a package says, and the texts that it refers to."""
    files = {}
    for package in packages:
        text = (DOC / package / "copyright").read_text("utf-8")
        files[f"{package}/copyright"] = text
        for name in set(re.findall(rf"{COMMON}/([\w.-]*\w)", text)):
            files[f"common/{name}"] = (COMMON / name).read_text("utf-8")
    return files


def add_files(wheel, target, files):
    with zipfile.ZipFile(wheel) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        (record,) = (name for name in old.namelist() if name.endswith(".dist-info/RECORD"))
        info = record.removesuffix("RECORD")
        for entry in old.infolist():
            if entry.filename != record:
                new.writestr(entry, old.read(entry), zipfile.ZIP_DEFLATED)
        rows = [row for row in csv.reader(io.StringIO(old.read(record).decode())) if row]
        for name, text in sorted(files.items()):
            path, content = f"{info}licenses/{name}", text.encode()
            new.writestr(path, content)
            digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
            rows.append([path, f"sha256={digest}", str(len(content))])
        lines = io.StringIO()
        csv.writer(lines, lineterminator="\n").writerows(rows)
        new.writestr(record, lines.getvalue())


if __name__ == "__main__":
    main(*sys.argv[1:])
