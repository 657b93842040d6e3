"""The kept fused view: the same answers with it and without, whatever happens to its file. All claims are synthetic."""

from __future__ import annotations

import hashlib
import json
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from southerly.cli import main
from southerly.graph import fused as module
from southerly.graph.diffusion import Diffusion
from southerly.graph.fused import verify
from southerly.graph.identity import Identity
from southerly.graph.judgements import judge_claim, judge_names, retract, settle, undo
from southerly.graph.ledger import Ledger
from southerly.graph.view import Scope, View
from southerly.queries.conflicts import conflicts

Ledgers = Callable[[], Ledger]
REPORTS = ("url:synthetic.example/a", "url:synthetic.example/b", "url:synthetic.example/c")
INNOVATIONS = ("Synthetic band", "Synthetic bench", "Synthetic cup", "Synthetic drum")
BY: dict[str, Any] = {"by": "tester", "reason": "synthetic"}

report = st.sampled_from(REPORTS)
innovation = st.sampled_from(INNOVATIONS)
country = st.sampled_from(["BRA", "KEN", "USA"])
site = st.sampled_from([None, "hospitals", "Alpha Hospital", "ALPHA hospital", "Beta Clinic"])
when = st.sampled_from([None, "1990", "1990s", "by 1995", "[1992..]", "2001"])
review = st.sampled_from(["accepted", "accepted", "accepted", "candidate", "refused"])
CLAIMS = st.lists(
    st.one_of(
        st.fixed_dictionaries(
            {
                "kind": st.just("adoption"),
                "report": report,
                "innovation": innovation,
                "country": country,
                "site": site,
                "when": when,
                "stage": st.sampled_from([None, "considered", "pilot", "scaled"]),
                "source_country": st.sampled_from([None, None, "BRA", "KEN"]),
                "channel": st.sampled_from([None, "peers", "exchange"]),
                "partners": st.sampled_from([None, ["Synthetic partner"], ["Synthetic partner", "Synthetic friend"]]),
                "exchange": st.sampled_from([None, "Synthetic exchange"]),
                "review": review,
            }
        ),
        st.fixed_dictionaries(
            {
                "kind": st.just("origin"),
                "report": report,
                "innovation": innovation,
                "country": st.sampled_from([None, "BRA", "KEN"]),
                "site": site,
                "when": when,
            }
        ),
        st.fixed_dictionaries(
            {
                "kind": st.just("exchange"),
                "report": report,
                "exchange": st.just("Synthetic exchange"),
                "host_countries": st.sampled_from([["BRA"], ["KEN"], ["BRA", "KEN"]]),
                "visiting_countries": st.just(["USA"]),
                "shown": st.lists(innovation, max_size=2),
                "when": when,
            }
        ),
        st.fixed_dictionaries(
            {
                "kind": st.just("name"),
                "report": report,
                "innovation": innovation,
                "name": st.sampled_from(["SB", "Synthetic loop", "Synthetic cup"]),
                "name_type": st.sampled_from([None, "acronym"]),
            }
        ),
    ),
    min_size=1,
    max_size=40,
)


def kept_files(ledger: Ledger) -> list[Path]:
    return sorted(ledger.folder.glob("fused-*"))


def published(ledger: Ledger) -> list[Path]:
    return sorted(ledger.folder.glob("fused-*.duckdb"))


def forbid(ledger: Ledger) -> None:
    """Let nothing be kept, as in a folder that may only be read: the builders' lock cannot be opened."""
    (ledger.folder / "fused.lock").unlink(missing_ok=True)
    (ledger.folder / "fused.lock").mkdir()


def ask_all(ledger: Ledger, scope: Scope | None = None) -> bool:
    """Ask something of all innovations; say whether a kept file answered or does now."""
    view = View(ledger, scope)
    with closing(view.con):
        Diffusion(Identity(view))
        return view.kept.path is not None


def labels(ledger: Ledger, scope: Scope | None = None, only: str | None = None) -> set[str | None]:
    """Return the sites of adoptions as one view sees them."""
    view = View(ledger, scope)
    with closing(view.con):
        return {a.site for a in Diffusion(Identity(view), only).adoptions()}


def falsify(ledger: Ledger) -> None:
    """Make a kept file that is in order but for what it says, so that who believes it gives itself away."""
    (path,) = published(ledger)
    with closing(duckdb.connect(str(path))) as con:
        con.execute("UPDATE adoption SET site = 'Invented Hospital'")
        con.execute("CHECKPOINT")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    path.rename(path.with_name(f"{path.stem.rsplit('-', 1)[0]}-{digest}.duckdb"))


@pytest.fixture
def small(ledger: Ledger, commit: Callable[..., Any]) -> Ledger:
    rows = [
        {"kind": "adoption", "report": REPORTS[0], "innovation": i, "country": "KEN", "site": "Alpha Hospital"}
        for i in INNOVATIONS
    ]
    commit(ledger, {"synthetic.csv": [*rows, {**rows[0], "kind": "origin", "country": "BRA", "when": "1990"}]})
    return ledger


BAND = "innovation:synthetic-band"


@settings(max_examples=5, deadline=None)
@given(
    claims=CLAIMS,
    part=st.sampled_from([1, 7, 200_000]),
    judgement=st.sampled_from([None, "same", "different", "reject", "retract", "settle"]),
    target=st.integers(0, 100),
)
def test_what_answers_are_made_of_is_the_same_kept_or_computed(
    new_ledger: Ledgers,
    commit: Callable[..., Any],
    fused: Callable[..., Any],
    claims: list[dict[str, Any]],
    part: int,
    judgement: str | None,
    target: int,
) -> None:
    """Parts of one claim each make the fused tables in as many rounds."""
    plain, keeping = new_ledger(), new_ledger()
    for ledger in (plain, keeping):
        commit(ledger, {"synthetic.csv": claims})
        decide(ledger, judgement, target)
    for path in published(plain):  # settling a conflict looks at all of them
        path.unlink()
    forbid(plain)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_PART", part)
        expected, each = fused(plain), one_by_one(plain)
        assert not published(plain)
        assert fused(keeping) == expected  # builds it
        assert published(keeping)
        assert fused(keeping) == expected  # reads it
        assert one_by_one(keeping) == each
        assert all(check.same and check.ledger for check in verify(keeping))


def test_every_answer_is_the_same_kept_or_computed(
    new_ledger: Ledgers, commit: Callable[..., Any], answers: Callable[..., Any]
) -> None:
    claims: list[dict[str, Any]] = [
        {"kind": "origin", "innovation": INNOVATIONS[0], "country": "KEN", "when": "1990"},
        {"kind": "origin", "innovation": INNOVATIONS[1], "country": "BRA", "when": "1970", "site": "Alpha Hospital"},
        {"kind": "adoption", "innovation": INNOVATIONS[0], "country": "USA", "when": "1995", "partners": ["Synthetic"]},
        {"kind": "adoption", "innovation": INNOVATIONS[0], "country": "USA", "when": "2001", "stage": "scaled"},
        {"kind": "adoption", "innovation": INNOVATIONS[1], "country": "KEN", "when": "2001", "channel": "peers"},
        {"kind": "exchange", "exchange": "Synthetic exchange", "host_countries": ["BRA"], "shown": [INNOVATIONS[1]]},
        {"kind": "name", "innovation": INNOVATIONS[1], "name": "SB", "name_type": "acronym"},
        {"kind": "name", "innovation": INNOVATIONS[0], "name": "SB", "name_type": "acronym"},
    ]
    plain, keeping = new_ledger(), new_ledger()
    for ledger in (plain, keeping):
        commit(ledger, {name: [{"report": name, **claim} for claim in claims] for name in REPORTS[:2]})
    forbid(plain)
    expected = answers(plain)
    assert answers(keeping) == expected
    assert published(keeping)
    assert answers(keeping) == expected


def one_by_one(ledger: Ledger) -> dict[str, Any]:
    """Return what is fused of each innovation alone."""
    view = View(ledger)
    with closing(view.con):
        known = Identity(view)
        found = {}
        for id_ in known.innovations:
            d = Diffusion(known, id_)
            found[id_] = (d.origins(), d.adoptions(), d.sources(), d.transfers())
        return found


def decide(ledger: Ledger, judgement: str | None, target: int) -> None:
    """Make one judgement about something that there is."""
    view = View(ledger)
    with closing(view.con):
        known = Identity(view)
        ids, reports = list(known.innovations), sorted(row["report"] for row in view.rows("FROM visible"))
        claims = sorted(row["claim_id"] for row in view.rows("FROM visible"))
        open_ = conflicts(known).to_dict() if judgement == "settle" else []
    if judgement in ("same", "different") and len(ids) > 1:
        judge_names(ledger, judgement, ids[target % len(ids)], ids[(target + 1) % len(ids)], **BY)
    elif judgement == "reject" and claims:
        judge_claim(ledger, "reject", claims[target % len(claims)], **BY)
    elif judgement == "retract" and reports:
        retract(ledger, reports[target % len(reports)], **BY)
    elif open_:
        conflict = open_[target % len(open_)]
        settle(ledger, conflict["id"], conflict["values"][0]["claims"][0], **BY)


def test_one_connection_may_ask_of_one_and_of_all_in_any_order(small: Ledger) -> None:
    for only in ([None, BAND, None, BAND, BAND], [BAND, None, None, BAND]):
        for path in published(small):
            path.unlink()
        for _ in range(2):  # before anything is kept, and after
            view = View(small)
            with closing(view.con):
                known = Identity(view)
                counts = [len(Diffusion(known, one).adoptions()) for one in only]
            assert counts == [1 if one else len(INNOVATIONS) for one in only]


def test_a_kept_view_answers_and_verify_notices_one_that_lies(small: Ledger) -> None:
    ask_all(small)
    assert all(check.same for check in verify(small))
    falsify(small)
    assert labels(small) == labels(small, only=BAND) == {"Invented Hospital"}
    assert [check.part for check in verify(small) if not check.same] == ["adoption"]


def test_the_command_says_what_differs_and_exits_with_1(small: Ledger) -> None:
    def run() -> tuple[int, dict[str, Any]]:
        done = CliRunner().invoke(main, ["--graph", str(small.folder), "verify", "--format", "json"])
        return done.exit_code, json.loads(done.stdout)

    code, answer = run()
    assert (code, answer["differences"], [c["found"] for c in answer["checks"]]) == (0, 0, ["not kept"])
    ask_all(small)
    code, answer = run()
    assert (code, answer["differences"], answer["revision"]) == (0, 0, 1)
    assert {c["part"]: c["found"].split(",")[0] for c in answer["checks"]}["adoption"] == "4 rows"
    falsify(small)
    code, answer = run()
    assert (code, answer["differences"], answer["checks"][0]["part"]) == (1, 1, "adoption")


@pytest.mark.parametrize(
    "scope",
    [
        Scope(as_of="1"),
        Scope(as_of="2100-01-01"),
        Scope(statuses=("actual", "planned")),
        Scope(candidates=True),
        Scope(min_confidence="low", possible=True),
    ],
    ids=str,
)
def test_other_scopes_never_use_the_kept_view_nor_keep_theirs(small: Ledger, scope: Scope) -> None:
    assert not ask_all(small, scope)
    assert not kept_files(small)
    ask_all(small)
    falsify(small)
    assert labels(small, scope) == labels(small, scope, only=BAND) == {"Alpha Hospital"}


def _flip(path: Path, start: int) -> None:
    content = bytearray(path.read_bytes())
    for place in range(start, len(content), 997):
        content[place] ^= 0xFF
    path.write_bytes(content)


DAMAGE: dict[str, Callable[[Path], Any]] = {
    "empty": lambda path: path.write_bytes(b""),
    "another file": lambda path: path.write_text("synthetic,csv\n" * 5000),
    "cut in half": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "cut a little": lambda path: path.write_bytes(path.read_bytes()[:-5000]),
    "blocks that changed": lambda path: _flip(path, 3 * 4096 + 100),
    "headers that changed": lambda path: _flip(path, 0),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_file_is_computed_again_without_a_word(small: Ledger, damage: str) -> None:
    ask_all(small)
    (path,) = published(small)
    DAMAGE[damage](path)
    assert labels(small, only=BAND) == {"Alpha Hospital"}  # reads its part of the file alone
    assert labels(small) == {"Alpha Hospital"}  # looks at every byte first
    assert len(published(small)) == 1
    assert all(check.same and check.ledger for check in verify(small))


def test_a_file_of_other_code_is_not_trusted(small: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    ask_all(small)
    falsify(small)
    monkeypatch.setattr("southerly.graph.fused_files._code", lambda: "another version")
    assert labels(small, only=BAND) == {"Alpha Hospital"}
    assert labels(small) == {"Alpha Hospital"}
    assert len(published(small)) == 1


def test_a_file_of_another_ledger_is_not_trusted(
    small: Ledger, new_ledger: Ledgers, commit: Callable[..., Any]
) -> None:
    ask_all(small)
    other = new_ledger()
    commit(other, {"other.csv": [{"kind": "adoption", "report": REPORTS[1], "innovation": "Synthetic ear"}]})
    (path,) = published(small)
    (other.folder / path.name).write_bytes(path.read_bytes())
    assert labels(other) == set()


def test_work_of_analysts_moves_to_a_new_file_and_old_ones_go(small: Ledger) -> None:
    def adoptions() -> int:
        view = View(small)
        with closing(view.con):
            return len(Diffusion(Identity(view)).adoptions())

    assert adoptions() == 4
    retract(small, REPORTS[0], **BY)
    assert adoptions() == 0
    undo(small, 2, **BY)
    assert adoptions() == 4
    judge_names(small, "same", BAND, "innovation:synthetic-cup", **BY)
    assert adoptions() == 3
    judge_claim(small, "reject", sorted(claim_ids(small))[0], **BY)
    revisions = {int(path.name.split("-")[1]) for path in published(small)}
    assert revisions == {4}
    adoptions()
    assert {int(path.name.split("-")[1]) for path in published(small)} == {5}


def claim_ids(ledger: Ledger) -> set[str]:
    view = View(ledger)
    with closing(view.con):
        return {row["claim_id"] for row in view.rows("SELECT claim_id FROM visible WHERE kind = 'adoption'")}


def test_a_reader_goes_on_with_the_file_that_it_opened(small: Ledger) -> None:
    ask_all(small)
    view = View(small)
    with closing(view.con):
        known = Identity(view)
        for _ in range(3):
            retract(small, REPORTS[0], **BY)
            undo(small, small.revision(), **BY)
        ask_all(small)
        assert len(Diffusion(known).adoptions()) == len(INNOVATIONS)
        assert len(Diffusion(known, BAND).adoptions()) == 1


def test_a_folder_that_takes_no_files_still_answers(small: Ledger) -> None:
    forbid(small)
    assert not ask_all(small)
    assert labels(small) == {"Alpha Hospital"}
    assert not kept_files(small)
    assert all(check.same for check in verify(small))


def test_a_full_disk_keeps_nothing_and_answers(small: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(module, "publish", full)
    assert labels(small) == {"Alpha Hospital"}
    assert not kept_files(small)


#: Arguments: graph, the function at which it is killed.
KILLED = """
import os, signal, sys
from pathlib import Path
from southerly.graph import fused
from southerly.graph.diffusion import Diffusion
from southerly.graph.identity import Identity
from southerly.graph.ledger import Ledger
from southerly.graph.view import View
if sys.argv[2]:
    setattr(fused, sys.argv[2], lambda *_: os.kill(os.getpid(), signal.SIGKILL))
print(len(Diffusion(Identity(View(Ledger(Path(sys.argv[1]))))).adoptions()))
"""


def start(ledger: Ledger, killed_at: str = "") -> subprocess.Popen[str]:
    command = [sys.executable, "-c", KILLED, str(ledger.folder), killed_at]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


@pytest.mark.parametrize("killed_at", ["make_adoptions", "stamp", "publish"])
def test_a_builder_that_is_killed_leaves_nothing_that_matters(small: Ledger, killed_at: str) -> None:
    assert start(small, killed_at).wait() == -signal.SIGKILL
    assert not published(small)
    assert ask_all(small)
    assert kept_files(small) == published(small)  # the draft is swept
    assert labels(small) == labels(small, only=BAND) == {"Alpha Hospital"}


def test_processes_that_build_at_once_all_end_well(small: Ledger) -> None:
    builders = [start(small) for _ in range(3)]
    # The last word, for DuckDB may draw its progress before it.
    assert [builder.communicate()[0].split()[-1] for builder in builders] == [str(len(INNOVATIONS))] * 3
    assert [builder.returncode for builder in builders] == [0, 0, 0]
    assert len(kept_files(small)) == 1
    assert all(check.same for check in verify(small))
