"""The package as a user gets it: built through the sdist, installed alone, run."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def run(*command: str | Path, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "SOUTHERLY", "VIRTUAL_ENV"))}
    done = subprocess.run(
        [str(c) for c in command], cwd=cwd, env=kept | environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
    return done


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    # `python -m build` makes the sdist first and the wheel from it, so that no stale build/ is swept in.
    run(sys.executable, "-m", "build", "--quiet", "--outdir", out, ROOT)
    (built,) = out.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def alone(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the bin folder of a new environment that holds the wheel and its locked dependencies, nothing else."""
    home = tmp_path_factory.mktemp("alone") / "venv"
    venv.create(home, with_pip=False)
    python = home / "bin" / "python"
    uv = (sys.executable, "-m", "uv", "pip", "install", "--quiet", "--python", python)
    run(*uv, "--require-hashes", "-r", ROOT / "requirements.lock")
    run(*uv, "--no-deps", wheel)
    return home / "bin"


def test_the_wheel_holds_just_the_tracked_files_of_the_package(wheel: Path) -> None:
    tracked = run("git", "ls-files", cwd=ROOT).stdout.split() if (ROOT / ".git").exists() else None
    if tracked is None:
        tracked = [p.relative_to(ROOT).as_posix() for p in ROOT.rglob("*") if p.is_file()]
    rooms = ("commands/", "corpus/", "exports/", "graph/", "ingest/", "ontology/", "queries/", "web/")
    expected = {
        f"southerly/{name}"
        for name in tracked
        if (name.startswith(rooms) or "/" not in name)
        and name.endswith((".py", ".csv", ".npz", ".ttl", ".json", ".jsonld", ".yaml", "py.typed"))
    }
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert held == expected


def test_the_demo_runs_from_the_installed_wheel_alone(alone: Path, tmp_path: Path) -> None:
    shown = run(alone / "southerly", "demo", cwd=tmp_path, COLUMNS="160").stdout
    assert "Kangaroo" in shown or "Colombia" in shown
    stats = json.loads(run(alone / "southerly", "stats", "--format", "json", cwd=tmp_path).stdout)
    assert stats["claims"]["adoption"] > 300
    by_module = run(alone / "python", "-m", "southerly", "stats", "--format", "json", cwd=tmp_path)
    assert json.loads(by_module.stdout) == stats
    asked = run(
        alone / "python",
        "-c",
        "import southerly; print(southerly.open().trace('Friendship Bench').to_pandas().shape)",
        cwd=tmp_path,
    )
    assert asked.stdout.startswith("(")


def test_help_loads_nothing_heavy(alone: Path) -> None:
    """What `--help` imports decides how fast it starts; a list of modules says it without a clock."""
    code = (
        "import sys; from southerly.cli import main; main(['--help'], standalone_mode=False); "
        "print(*sorted(m for m in sys.modules if '.' not in m))"
    )
    loaded = set(run(alone / "python", "-c", code).stdout.splitlines()[-1].split())  # the help comes before it
    assert not loaded & {"duckdb", "pyarrow", "pandas", "numpy", "networkx", "rdflib", "openpyxl", "yaml", "neo4j"}
    assert len({m for m in loaded if m == "southerly"}) == 1


def test_no_file_of_the_repository_names_this_machine_or_a_registry() -> None:
    listed = run("git", "ls-files", cwd=ROOT).stdout.split() if (ROOT / ".git").exists() else []
    for name in listed:
        text = (ROOT / name).read_bytes().decode("utf-8", "replace")
        for word in ("pypi" + ".org", "pythonhosted" + ".org", "/work" + "/main", "/work" + "/shared", "/root" + "/"):
            assert word not in text, f"{name} names {word}"
