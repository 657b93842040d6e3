"""`southerly review` as reviewers use it: keys, tables of decisions, lists; and one sitting at a real terminal.

All reports here are synthetic.
"""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from southerly.cli import main

REPORT = """Synthetic trip report

In 2003 Malawi adopted kangaroo mother care from Colombia. Nurses from Kenya visited Uganda in 2014. \
In 1998, South Africa adopted the human milk bank from Brazil.
"""
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a function that runs the command line in a folder with one report of three candidates."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("EDITOR", raising=False)
    (tmp_path / "trip.txt").write_text(REPORT, encoding="utf-8")

    def command(*words: str, keys: str | bytes = "") -> Result:
        return CliRunner().invoke(main, ["--graph", "graph", *words], input=keys)

    assert command("ingest", "trip.txt", "-q").exit_code == 0
    return command


def listed(run: Run, *words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("review", "--list", "--format", "json", "-q", *words).stdout)
    return found


def spread(run: Run, name: str = "kangaroo mother care") -> list[str]:
    result = run("spread", name, "--format", "json", "-q")
    return [adoption["country"] for adoption in json.loads(result.stdout)["adoptions"]] if not result.exit_code else []


def test_a_claim_is_shown_in_plain_words_with_its_quote_between_its_neighbours(run: Run) -> None:
    lines = run("review", "--kind", "exchange", keys="q\n").stdout.splitlines()
    for line in (
        "type           study tour",
        "visitors from  Kenya (KEN)",
        "hosts in       Uganda (UGA)",
        "  In 2003 Malawi adopted kangaroo mother care from Colombia.",
        "│ Nurses from Kenya visited Uganda in 2014.",
        "  In 1998, South Africa adopted the human milk bank from Brazil.",
    ):
        assert line in lines
    assert any("trip.txt paragraph=2;char=" in line for line in lines)


def test_keys_accept_refuse_and_skip_and_the_sitting_resumes_where_it_ended(run: Run) -> None:
    result = run("review", "--by", "ann", keys="a\nr\n")
    assert result.exit_code == 0
    assert "1 accepted, 1 refused" in result.stderr
    assert spread(run) == ["MWI"]
    assert len(listed(run, "--by", "ann")) == 1
    assert "1 of 1" in run("review", "--by", "ann", keys="s\n").stdout
    assert run("review", "--by", "ann").exit_code == 4
    assert "1 of 1" in run("review", "--by", "ann", "--again", keys="q\n").stdout
    assert "1 of 1" in run("review", "--by", "bo", keys="q\n").stdout


def test_undo_takes_back_decision_after_decision(run: Run) -> None:
    result = run("review", keys="a\na\na\nu\nu\nu\nu\nq\n")
    assert "Nothing was decided in this sitting" in result.stdout
    assert "Nothing was decided." in result.stderr
    assert len(listed(run)) == 3
    assert spread(run) == []


def test_a_decision_is_a_revision_that_undo_takes_back(run: Run) -> None:
    run("review", keys="R\nthe words say less\nq\n")
    assert len(listed(run)) == 2
    (row, *_) = json.loads(run("log", "--format", "json").stdout)
    assert row["reason"] == "the words say less"
    assert run("undo", str(row["revision"])).exit_code == 0
    assert len(listed(run)) == 3


def test_mending_at_the_prompt_counts_in_place_of_the_candidate(run: Run) -> None:
    asked = "e\ncountry\nWakanda\ncountry\nKenya\nwhen\nby 1996\nsource_country\n-\nmood\n\nq\n"
    result = run("review", "--by", "ann", "--kind", "adoption", keys=asked)
    assert "Did you mean Rwanda?" in result.stdout
    assert "There is no field mood" in result.stdout
    assert spread(run) == ["KEN"]
    (claim,) = json.loads(run("why", "kangaroo mother care", "--format", "json").stdout)["claims"]
    assert claim["quote"] == "In 2003 Malawi adopted kangaroo mother care from Colombia."
    assert claim["content"]["when"] == "[..1996]"
    assert claim["content"]["stage"] == "adopted"
    assert "source_country" not in claim["content"]
    again = json.loads(run("ingest", "trip.txt", "--format", "json").stdout)
    assert (again["claims"]["new"], again["claims"]["withdrawn"]) == (0, 0)


def test_mending_nothing_decides_nothing(run: Run) -> None:
    assert "Nothing was changed." in run("review", keys="e\n\nq\n").stdout
    assert len(listed(run)) == 3


def test_a_name_is_judged_the_same_as_another(run: Run) -> None:
    run("review", "--kind", "adoption", keys="m\nhuman milk banking\na\na\n")
    assert spread(run, "human milk banking") == spread(run) == ["ZAF", "MWI"]


def test_an_unknown_key_or_name_is_told_and_decides_nothing(run: Run) -> None:
    result = run("review", "--kind", "adoption", keys="x\nm\nno such thing at all\n?\nq\n")
    assert result.exit_code == 0
    for words in ("x is no key here", "no such thing at all", "take back the last decision"):
        assert words in result.stdout
    assert len(listed(run)) == 3


def test_a_file_that_is_gone_or_changed_is_said_and_the_quote_shown_alone(run: Run, tmp_path: Path) -> None:
    (tmp_path / "trip.txt").write_text("Synthetic, and something else.", encoding="utf-8")
    assert "these words are no longer in it" in run("review", keys="q\n").stdout
    (tmp_path / "trip.txt").unlink()
    shown = run("review", keys="q\n").stdout
    assert "the file is not here any more" in shown
    assert "│ In 2003 Malawi adopted kangaroo mother care from Colombia." in shown


def test_words_of_a_report_never_move_the_terminal(run: Run, tmp_path: Path) -> None:
    evil = tmp_path / "evil\x1b[2J.csv"
    columns = "practice,origin_country,adopter_country,source_url,quote"
    evil.write_text(
        f"{columns}\nSynthetic \x1b[31mcup,India,Kenya,https://synthetic.example/e,said \x1b]0;t\x07\n", "utf-8"
    )
    assert run("ingest", str(evil), "--as", "candidate").exit_code in (0, 3)
    shown = run("review", keys="s\n" * 9).output
    assert not re.search(r"[\x00-\x09\x0b-\x1f]", shown)


def test_the_list_counts_decisions_and_its_ids_can_be_decided_on(run: Run) -> None:
    table = list(csv.DictReader(io.StringIO(run("review", "--list", "--format", "csv", "-q").stdout)))
    assert [row["kind"] for row in table] == ["adoption", "exchange", "adoption"]
    lines = ["claim,decision,by,reason", f"{table[0]['id']},accept,ann,synthetic", f"{table[0]['id']},refused,bo,"]
    lines += ["claim:0,accept,ann,", f"{table[1]['id']},perhaps,ann,", "", f"{table[1]['id']},skip,,"]
    result = run("review", "--decisions", "-", "--by", "cy", "--format", "json", keys="\n".join(lines))
    assert result.exit_code == 3
    told = json.loads(result.stdout)
    assert told["decisions"] == {"read": 5, "new": 3, "unchanged": 0, "blank": 0, "set_aside": 2}
    assert [(bad["locator"], bad["field"]) for bad in told["set_aside"]] == [
        ("line 4", "claim"),
        ("line 5", "decision"),
    ]
    (disagreed,) = listed(run, "--disagreed")
    assert [(d["by"], d["verdict"]) for d in disagreed["decisions"]] == [("ann", "accept"), ("bo", "reject")]
    assert len(listed(run, "--by", "cy", "--again")) == 1
    again = run("review", "--decisions", "-", "--by", "cy", "--format", "json", keys="\n".join(lines[:3]))
    assert again.exit_code == 0
    assert json.loads(again.stdout)["decisions"] == {"read": 2, "new": 0, "unchanged": 2, "blank": 0, "set_aside": 0}
    assert json.loads(again.stdout)["revision"] == told["revision"]


def test_the_list_comes_back_with_decisions_written_beside(run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(run("review", "--list", "--format", "csv", "-q").stdout)))
    assert rows[0]["quote"] == "In 2003 Malawi adopted kangaroo mother care from Colombia."
    out = io.StringIO()
    writer = csv.DictWriter(out, [*rows[0], "decision"])
    writer.writeheader()
    writer.writerows({**row, "decision": "Accept" if i == 0 else ""} for i, row in enumerate(rows))
    result = run("review", "--decisions", "-", "--format", "json", keys=out.getvalue())
    assert result.exit_code == 0
    told = {"read": 3, "new": 1, "unchanged": 0, "blank": 2, "set_aside": 0}
    assert json.loads(result.stdout)["decisions"] == told
    assert spread(run) == ["MWI"]


@pytest.mark.parametrize("text", ["", "id,verdict\n1,2\n", b"claim,decision\n\xff,accept\n"])
def test_a_table_that_holds_no_decisions_is_refused_whole(run: Run, text: str | bytes) -> None:
    result = run("review", "--decisions", "-", keys=text)
    assert result.exit_code == 1
    assert "expected" in result.stderr


def test_disagreement_is_settled_with_the_others_decisions_in_sight(run: Run) -> None:
    run("review", "--by", "ann", "--limit", "1", keys="a\n")
    run("review", "--by", "bo", "--limit", "1", "--others", keys="R\nnot in Malawi\n")
    assert spread(run) == []
    shown = run("review", "--by", "cy", "--disagreed", keys="a\n").stdout
    assert "ann accepted it" in shown
    assert "bo refused it: not in Malawi" in shown
    assert spread(run) == ["MWI"]
    assert run("review", "--disagreed", "--list").exit_code == 4


def test_judge_says_that_reviewers_disagree_and_final_settles(run: Run) -> None:
    claim = listed(run)[0]["id"]
    run("judge", "accept", claim, "--by", "ann", "--reason", "synthetic")
    assert "--final settles one" in run("judge", "reject", claim, "--by", "bo", "--reason", "synthetic").stderr
    assert run("judge", "accept", claim, "--final", "--by", "cy", "--reason", "synthetic").exit_code == 0
    assert spread(run) == ["MWI"]


def test_a_name_narrows_to_the_claims_behind_it_and_report_to_a_report(run: Run, tmp_path: Path) -> None:
    head = "---\ntitle: Synthetic other report\nurl: https://synthetic.example/o\n---\n"
    text = f"{head}\nIn 2001 Zambia adopted kangaroo mother care. The nurses of the hospital were glad.\n"
    (tmp_path / "other.md").write_text(text, encoding="utf-8")
    run("ingest", "other.md", "-q")
    assert len(listed(run, "kangaroo mother care")) == 2
    for report in ("synthetic OTHER report", "Synthetic other", "https://synthetic.example/o/"):
        (found,) = listed(run, "--report", report)
        assert found["content"]["country"] == "ZMB"
    assert listed(run, "https://synthetic.example/o") == [found]
    assert len(listed(run, "kangaroo mother care", "--report", "Synthetic other report")) == 1
    assert run("review", "--report", "kangaroo mother care").exit_code == 4
    assert run("review", "--status", "planned", "--list").exit_code == 4


def test_agreement_lists_each_two_reviewers(run: Run) -> None:
    run("review", "--by", "ann", keys="a\na\nr\n")
    run("review", "--by", "bo", "--others", keys="a\nr\nr\n")
    (pair,) = json.loads(run("review", "--agreement", "--format", "json").stdout)
    assert pair == {"a": "ann", "b": "bo", "both": 3, "alike": 2, "kappa": 0.4}


# At a real terminal


def sit(folder: Path, steps: list[tuple[str, str]], *words: str, **more: str) -> tuple[str, int]:
    """Run a sitting at a terminal of 80 columns: wait for each text to appear, then press keys; return all of it."""
    terminal, theirs = pty.openpty()
    command = [sys.executable, "-m", "southerly", "--graph", "graph", "review", "--by", "ann", *words]
    about = {**os.environ, "TERM": "xterm", "COLUMNS": "80", "LINES": "24", "NO_COLOR": "1", **more}
    shown = seen = ""
    with subprocess.Popen(command, cwd=folder, env=about, stdin=theirs, stdout=theirs, stderr=theirs) as process:
        os.close(theirs)
        try:
            for awaited, press in steps:
                while not re.search(f"{awaited}.*q quit  \\?\r\n", seen, re.DOTALL):
                    seen += _read(terminal)
                shown += seen
                seen = ""
                while not seen.strip(press):  # what is pressed before it is asked for is echoed and not read
                    os.write(terminal, press.encode())
                    time.sleep(0.3)
                    seen += _read(terminal) if select.select([terminal], [], [], 1)[0] else ""
            while more_shown := _read(terminal):
                seen += more_shown
        finally:
            process.kill() if process.poll() is None and sys.exc_info()[0] else process.wait()
            os.close(terminal)
    return shown + seen, process.returncode


def _read(terminal: int) -> str:
    """Return what a terminal shows next; nothing once the other side has closed it."""
    assert select.select([terminal], [], [], 60)[0], "nothing was shown"
    try:
        return os.read(terminal, 65536).decode("utf-8", "replace")
    except OSError:  # so Linux says that it is closed
        return ""


def test_one_key_a_decision_at_a_terminal_and_each_claim_begins_a_screen(run: Run, tmp_path: Path) -> None:
    shown, code = sit(tmp_path, [("1 of 3", "a"), ("2 of 3", "r"), ("3 of 3", "u"), ("2 of 3", "q")])
    assert code == 0
    frames = shown.split("\x1b[2J")[1:]
    plain = [re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", frame).replace("\r", "").splitlines() for frame in frames]
    assert len(frames) == 4
    assert not [line for lines in plain for line in lines if len(line) >= 80]
    heads = [next(i for i, line in enumerate(lines) if " of 3 " in line) for lines in plain]
    assert len(set(heads)) == 1, "the eye finds each claim at the same height"
    assert len(listed(run, "--by", "ann")) == 2


def test_the_editor_comes_again_with_what_is_wrong_until_the_claim_is_mended(run: Run, tmp_path: Path) -> None:
    editor = tmp_path / "editor.sh"
    editor.write_text(
        '#!/bin/sh\nif grep -q "^#! country: found Wakanda" "$1"; then sed -i "s/^country:.*/country: Kenya/" "$1"\n'
        'else sed -i "s/^country:.*/country: Wakanda/" "$1"; fi\n'
    )
    editor.chmod(0o755)
    shown, code = sit(tmp_path, [("1 of 2", "e"), ("mended", "q")], "--kind", "adoption", EDITOR=str(editor))
    assert code == 0, shown
    assert spread(run) == ["KEN"]


def test_a_killed_sitting_has_lost_nothing_that_was_decided(run: Run, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "southerly", "--graph", "graph", "review", "--by", "ann"]
    with subprocess.Popen(command, cwd=tmp_path, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write("a\ns\n")
        process.stdin.flush()
        for line in process.stdout:
            if line.startswith("3 of 3"):
                break
        process.send_signal(signal.SIGKILL)
    assert len(listed(run, "--by", "ann")) == 1
    assert spread(run) == ["MWI"]
