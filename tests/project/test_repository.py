"""Guards of the repository as a whole, and proof that each guard can fail.

A guard is a function that returns a list of faults. It runs on the project, where it must find nothing, and on a small
wrong example, where it must find exactly that fault.
"""

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable
from pathlib import Path

import pytest
import yaml

import wavectl
from support.plans import run

ROOT = Path(__file__).parents[2]

# Cut in two, so that this file is not what it looks for.
ADDRESSES = re.compile(
    r"pypi" r"\.(org|python\.org|io)|python" r"hosted\.org|npm" r"js\.(org|com)|yarn" r"pkg\.com"
    r"|deb\.deb" r"ian\.org|proxy\.go" r"lang\.org|crates" r"\.io|file" r":///[a-z]",
    re.IGNORECASE,
)  # fmt: skip
HOMES = re.compile(r"(?<![\w.-])/(ro" r"ot|wo" r"rk|ho" r"me/[a-z][\w-]*|Us" r"ers/[A-Za-z][\w-]*)/")


def untested_rooms(package: Path, tests: Path) -> list[str]:
    """Return the rooms of a package, its folders and modules, that have neither a folder of tests nor a test file."""
    rooms = {path.stem for path in package.iterdir() if path.suffix == ".py" or any(path.glob("*.py"))}
    return sorted(
        room
        for room in rooms - {"__init__", "__main__"}
        if not (tests / f"test_{room}.py").is_file() and not any((tests / room).glob("test_*.py"))
    )


def missing_names(text: str, root: Path) -> list[str]:
    """Return what a guide names and the repository does not have.

    Files and folders are in backticks, with ``<name>`` for any name; constants are written `NAME` in `file.py`.
    """
    faults = []
    for path in re.findall(r"`((?:src|tests|docs|scripts|benchmarks)/[\w./<>-]*)`", text):
        existing = path.partition("<")[0] if "<" in path else path
        if not (root / existing).exists():
            faults.append(f"no such file: {path}")
    for name, path in re.findall(r"`([A-Z_]+)` in `([\w./]+\.py)`", text):
        if (root / path).is_file() and not re.search(rf"^{name}\b", (root / path).read_text("utf-8"), re.MULTILINE):
            faults.append(f"no {name} in {path}")
    return faults


def machine_traces(files: Iterable[Path]) -> list[str]:
    """Return the lines that name the address of a package registry, or a folder of one machine."""
    faults = []
    for path in files:
        text = path.read_bytes().decode("utf-8", errors="replace")
        for number, line in enumerate(text.splitlines(), start=1):
            if ADDRESSES.search(line) or HOMES.search(line):
                faults.append(f"{path}:{number}: {line.strip()[:100]}")
    return faults


def pins(text: str) -> dict[str, int]:
    """Return the number of hashes of each pinned package in a requirements file."""
    counts: dict[str, int] = {}
    name = ""
    for line in text.splitlines():
        if match := re.match(r"([a-z0-9][a-z0-9.-]*)==\S+", line):
            name = match[1]
            counts[name] = 0
        elif re.match(r" +--hash=sha256:[0-9a-f]{64}\b", line):
            counts[name] += 1
    return counts


def requirement_faults(text: str) -> list[str]:
    """Return the lines of a requirements file that are not a pin, a hash or a comment, and the pins without a hash."""
    faults = [f"{name} has no hash" for name, count in pins(text).items() if not count]
    for line in text.splitlines():
        allowed = re.match(r"[a-z0-9][a-z0-9.-]*==\S+( ; .*)? \\$|    --hash=sha256:[0-9a-f]{64}( \\)?$|\s*#|$", line)
        if not allowed or "/" in line:
            faults.append(f"not a pin, a hash or a comment: {line}")
    return faults


def tracked_files() -> list[Path]:
    """Return the files that git tracks or would add."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listing = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    except (FileNotFoundError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout")
    return [path for name in listing.split("\0") if name and (path := ROOT / name).is_file()]


def write(path: Path, text: str = "") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_every_subject_has_a_test() -> None:
    assert untested_rooms(ROOT / "src" / "wavectl", ROOT / "tests") == []


def test_a_subject_without_a_test_is_found(tmp_path: Path) -> None:
    for name in ("__init__", "__main__", "diagnostics", "colours", "dates/__init__", "plan/loader", "text/wrap"):
        write(tmp_path / "src" / f"{name}.py")
    write(tmp_path / "src" / "templates" / "page.html")
    for name in ("test_diagnostics", "dates/test_edtf", "plan/helper"):
        write(tmp_path / "tests" / f"{name}.py")
    assert untested_rooms(tmp_path / "src", tmp_path / "tests") == ["colours", "plan", "text"]


def test_what_the_guide_for_contributors_names_exists() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert missing_names(text, ROOT) == []


def test_the_guide_for_contributors_names_every_room() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    folders = sorted(path.parent.name for path in (ROOT / "src" / "wavectl").glob("*/__init__.py"))
    assert len(folders) > 10
    assert [name for name in folders if f"| `{name}/` |" not in text] == []
    tests = sorted(path.name for path in (ROOT / "tests").iterdir() if path.is_dir() and path.name != "__pycache__")
    assert [name for name in tests if name not in folders and f"| `tests/{name}/` |" not in text] == []


def test_a_name_that_does_not_exist_is_found(tmp_path: Path) -> None:
    write(tmp_path / "src" / "rules.py", "RULES = ()\n")
    text = "`src/rules.py`, `src/<name>.py`, `src/views/<name>.py`, `docs/none.md`, `RULES` in `src/rules.py`, "
    assert missing_names(text + "`VIEWS` in `src/rules.py`", tmp_path) == [
        "no such file: src/views/<name>.py",
        "no such file: docs/none.md",
        "no VIEWS in src/rules.py",
    ]


def test_no_file_names_a_registry_or_a_machine() -> None:
    files = tracked_files()
    assert Path(__file__).resolve() in [path.resolve() for path in files]
    assert machine_traces(files) == []


@pytest.mark.parametrize(
    "line",
    [
        "--index-url https://py" "pi.org/simple",
        '"resolved": "https://registry.np' 'mjs.org/ical.js"',
        "--find-links fi" "le:///opt/wheels",
        "cd /ho" "me/ana/wavectl/waves",
        "File '/ro" "ot/wavectl/src/x.py'",
    ],
)  # fmt: skip
def test_a_trace_of_a_machine_is_found(tmp_path: Path, line: str) -> None:
    path = tmp_path / "file.txt"
    write(path, f"https://example.org/home/page/\n{line}\n")
    assert machine_traces([path]) == [f"{path}:2: {line}"]


def test_the_version_is_in_the_changelog() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = re.findall(r"^## \[?v?(\d+\.\d+\.\d+[^\s\]]*)", changelog, flags=re.MULTILINE)
    assert wavectl.__version__ in versions


def test_requirements_are_pinned_hashed_and_free_of_addresses() -> None:
    text = (ROOT / "requirements" / "dev.txt").read_text(encoding="utf-8")
    tables = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    required = (
        tables["project"]["dependencies"] + tables["dependency-groups"]["dev"] + tables["build-system"]["requires"]
    )
    names = {re.split(r"[^\w.-]", item)[0].lower().replace(".", "-").replace("_", "-") for item in required}
    assert len(names) > 10
    assert names - set(pins(text)) == set()
    assert requirement_faults(text) == []


def test_a_wrong_requirements_file_is_found() -> None:
    digest = "0" * 64
    good = f"# made by hand\nrich==15.0 \\\n    --hash=sha256:{digest}\n    # via wavectl\n"
    assert requirement_faults(good) == []
    for wrong in ("--index-url simple", "-e .", "--find-links wheels", "rich>=15 \\", "wavectl @ src/wavectl"):
        assert requirement_faults(good + wrong + "\n") == [f"not a pin, a hash or a comment: {wrong}"]
    assert requirement_faults("rich==15.0 \\\n") == ["rich has no hash"]


def test_the_pre_commit_hook_refuses_a_plan_with_errors(tmp_path: Path) -> None:
    manifest = ROOT / ".pre-commit-hooks.yaml"
    result = subprocess.run([sys.executable, "-m", "pre_commit", "validate-manifest", str(manifest)], check=False)
    assert result.returncode == 0
    (hook,) = yaml.safe_load(manifest.read_text(encoding="utf-8"))
    assert f"id: {hook['id']}" in (ROOT / "docs" / "checks.md").read_text(encoding="utf-8")
    assert [bool(re.search(hook["files"], name)) for name in ("waves/a.yaml", "waves/a.yml", "docs/a.yaml")] == [
        True,
        True,
        False,
    ]
    write(tmp_path / "waves" / "a.yaml", "title: T\nstatus: announced\n")
    program, *words = hook["entry"].split()
    assert (program, run(*words, cwd=tmp_path).code) == ("wavectl", 0)
    write(tmp_path / "waves" / "a.yaml", "title: T\nstatus: annoncée\n")
    assert run(*words, cwd=tmp_path).code == 1
