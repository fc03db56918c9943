"""Guards of the house: what holds for the repository as a whole, and proof that each guard can fail.

Every guard is a function from files to a list of faults, so that the same function is run on the project, where it must
find nothing, and on a small wrong example, where it must find exactly the fault.
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


def machine_traces(files: Iterable[Path]) -> list[str]:
    """Return the lines that name a package registry's address, or a folder of somebody's machine."""
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
    """Return what makes a requirements file depend on the machine: options, addresses, paths, missing hashes."""
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
    wanted = tables["project"]["dependencies"] + tables["dependency-groups"]["dev"] + tables["build-system"]["requires"]
    names = {re.split(r"[^\w.-]", item)[0].lower().replace(".", "-").replace("_", "-") for item in wanted}
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


def test_the_hook_for_other_repositories_holds_back_a_bad_plan(tmp_path: Path) -> None:
    manifest = ROOT / ".pre-commit-hooks.yaml"
    done = subprocess.run([sys.executable, "-m", "pre_commit", "validate-manifest", str(manifest)], check=False)
    assert done.returncode == 0
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
