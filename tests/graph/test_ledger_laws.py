"""Laws of the ledger: order does not matter, ingest is idempotent, retraction and judgements can be taken back.

All claims are synthetic.
"""

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from southerly.graph.errors import SoutherlyError
from southerly.graph.judgements import judge_claim, judge_names, retract, undo

# An example commits several revisions with their syncs, so examples are few and rich instead of many and small.
rich = settings(
    max_examples=5,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)

REPORTS = ("url:synthetic.example/a", "url:synthetic.example/b", "url:synthetic.example/c", "doi:10.5555/synthetic.a")
NAMES = (
    "Synthetic practice A",
    "synthetic  PRACTICE a",
    "Synthetic practice B",
    "Synthetic service C",
    "Synthetic device D",
    "SPX",
)
COUNTRIES = ("KEN", "ZWE", "IND", "BRA", "GBR", "USA")
SITES = (None, None, "Synthetic clinic 1", "Synthetic Clinic 1", "Synthetic hospital 2", "tertiary hospitals")
DATES = (None, "1995", "1995-2000", "by 1996", "1990s", "2003-05", "about 1998", "2001-02-03")

ANCHOR = {
    "kind": "origin",
    "report": "url:synthetic.example/anchor",
    "innovation": "Synthetic anchor Z",
    "country": "PER",
}  # in every ledger, so that none is empty

_place = {
    "report": st.sampled_from(REPORTS),
    "innovation": st.sampled_from(NAMES),
    "country": st.sampled_from(COUNTRIES),
    "site": st.sampled_from(SITES),
    "when": st.sampled_from(DATES),
    "confidence": st.sampled_from((None, "low", "medium", "high")),
    "review": st.sampled_from(("accepted", "accepted", "accepted", "candidate")),
    "innovation_kind": st.sampled_from((None, "practice", "device")),
}
_partners = st.lists(st.sampled_from(("Synthetic network X", "Synthetic university Y")), max_size=2)
_claim = st.one_of(
    st.fixed_dictionaries({"kind": st.just("origin"), **_place}),
    st.fixed_dictionaries(
        {
            "kind": st.just("adoption"),
            **_place,
            "stage": st.sampled_from((None, "considered", "pilot", "adopted", "scaled")),
            "source_country": st.sampled_from((None, None, *COUNTRIES)),
            "source_site": st.sampled_from(SITES),
            "partners": _partners,
            "exchange": st.sampled_from((None, "synthetic-exchange-1")),
        }
    ),
    st.fixed_dictionaries(
        {
            "kind": st.just("exchange"),
            "report": _place["report"],
            "exchange": st.just("synthetic-exchange-1"),
            "title": st.sampled_from(("Synthetic exchange 1", "Synthetic Exchange 1")),
            "host_countries": st.lists(st.sampled_from(COUNTRIES[:2]), max_size=2),
            "visiting_countries": st.lists(st.sampled_from(COUNTRIES), max_size=2),
            "shown": st.lists(st.sampled_from(NAMES), max_size=2),
            "when": _place["when"],
        }
    ),
    st.fixed_dictionaries(
        {
            "kind": st.just("name"),
            "report": _place["report"],
            "innovation": _place["innovation"],
            "name": st.sampled_from(("SPX", "Synthetic practice A", "Synthetic alias E")),
            "name_type": st.sampled_from(("alias", "acronym")),
        }
    ),
)
_saying = st.fixed_dictionaries(
    {
        "report": st.sampled_from(REPORTS),
        "title": st.sampled_from((None, "Synthetic report", "Another synthetic report")),
        "publisher": st.sampled_from((None, "Synthetic press", "Synthetic institute")),
        # a carrier may know that the page and the DOI are one report
        "same_as": st.sampled_from((None, None, "doi:10.5555/synthetic.a", "url:synthetic.example/a")),
    }
)
_content = st.tuples(st.lists(_claim, min_size=3, max_size=14), st.lists(_saying, max_size=3))
#: Carriers by name, each with its claims and sayings.
worlds = st.dictionaries(
    st.sampled_from(("synthetic-1.csv", "synthetic-2.csv", "synthetic-3.yaml")), _content, min_size=2, max_size=3
)


@pytest.fixture(scope="session")
def build(new_ledger, commit):
    """Return a function that commits a world, one revision a carrier, into a new ledger."""

    def building(world, order=None):
        ledger = new_ledger()
        commit(ledger, {"synthetic-0.csv": [ANCHOR]})
        for name in order or world:
            claims, sayings = world[name]
            commit(ledger, {name: claims}, sayings={name: sayings})
        return ledger

    return building


@rich
@given(world=worlds, choose=st.randoms(use_true_random=False))
def test_the_order_of_carriers_changes_no_answer(build, commit, fused, world, choose):
    order = list(world)
    choose.shuffle(order)
    at_once = build({})
    commit(
        at_once,
        {name: world[name][0] for name in reversed(order)},
        sayings={name: world[name][1] for name in reversed(order)},
    )
    expected = fused(build(world, order), candidates=True)
    assert fused(build(world, sorted(world, reverse=True)), candidates=True) == expected
    assert fused(at_once, candidates=True) == expected


@rich
@given(world=worlds, choose=st.randoms(use_true_random=False))
def test_ingesting_the_same_again_changes_nothing(build, commit, world, choose):
    ledger = build(world)
    revision = ledger.revision()
    order = list(world)
    choose.shuffle(order)
    for name in order:
        claims, sayings = world[name]
        counts, after = commit(ledger, {name: claims}, sayings={name: sayings})
        assert (counts.claims["new"], counts.claims["withdrawn"], after) == (0, 0, revision)
        assert counts.records["unchanged"] == counts.records["read"]
        assert counts.reports["new"] == 0
    assert ledger.revision() == revision


def _same_reports(world, report):
    """Return all keys of a report, by what any carrier says is the same."""
    keys = {report}
    pairs = [(s["report"], s["same_as"]) for _, sayings in world.values() for s in sayings if s["same_as"]]
    for _ in pairs:
        keys |= {key for pair in pairs if keys & set(pair) for key in pair}
    return keys


def _without(world, keys):
    """Return a world in which nobody ever told of some reports; records and places of the rest stay theirs."""
    rest = {}
    for name, (claims, sayings) in world.items():
        placed = [{**c, "record": n, "locator": f"row={n + 1}"} for n, c in enumerate(claims, 1)]
        rest[name] = (
            [c for c in placed if c["report"] not in keys],
            [s for s in sayings if not {s["report"], s["same_as"]} & keys],
        )
    return rest


@rich
@given(world=worlds, data=st.data())
def test_a_retracted_report_is_as_if_it_had_never_been(build, commit, fused, world, data):
    told = sorted({c["report"] for claims, _ in world.values() for c in claims})
    report = data.draw(st.sampled_from(told))
    keys = _same_reports(world, report)
    ledger = build(world)
    before = fused(ledger, candidates=True)
    revision, _key, _claims = retract(ledger, report, by="tester", reason="synthetic retraction")
    expected = fused(build(_without(world, keys)), candidates=True)
    assert fused(ledger, candidates=True) == expected

    name = data.draw(st.sampled_from(sorted(world)))
    claims, sayings = world[name]
    counts, after = commit(ledger, {name: claims}, sayings={name: sayings})
    assert (counts.claims["new"], counts.claims["withdrawn"], after) == (0, 0, revision)
    assert set(counts.retracted) == keys & {r["report"] for r in [*claims, *sayings]}
    assert fused(ledger, candidates=True) == expected

    undo(ledger, revision, by="tester", reason="synthetic undo")
    assert fused(ledger, candidates=True) == before
    with pytest.raises(SoutherlyError):
        undo(ledger, revision, by="tester", reason="twice")


@rich
@given(
    world=worlds,
    pairs=st.lists(
        st.lists(st.sampled_from(sorted(set(NAMES) - {NAMES[1]})), min_size=2, max_size=2, unique=True),
        min_size=1,
        max_size=3,
    ),
    verdicts=st.lists(st.sampled_from(("same", "different")), min_size=3, max_size=3),
)
def test_judgements_undone_in_any_order_leave_no_trace(build, fused, world, pairs, verdicts):
    ledger = build(world)
    before = fused(ledger, candidates=True)
    made = []
    for (a, b), verdict in zip(pairs, verdicts, strict=False):
        try:
            made.append(judge_names(ledger, verdict, a, b, by="tester", reason="synthetic")[0])
        except SoutherlyError:  # a name that this world does not hold, or bound the other way
            continue
    judged = fused(ledger, candidates=True)
    for revision in reversed(made):
        undo(ledger, revision, by="tester", reason="synthetic")
    assert fused(ledger, candidates=True) == before
    if made:
        assert fused(ledger, candidates=True, as_of=str(made[-1])) == judged


@rich
@given(worlds=st.lists(worlds, min_size=2, max_size=2), data=st.data())
def test_every_earlier_revision_answers_what_it_answered_then(build, commit, fused, worlds, data):
    first, second = worlds
    ledger = build(first)
    then = {ledger.revision(): fused(ledger)}
    for name, (claims, sayings) in second.items():
        commit(ledger, {name: claims}, sayings={name: sayings})
        then[ledger.revision()] = fused(ledger)
    claims = then[ledger.revision()]["claims"]
    judge_claim(ledger, "reject", data.draw(st.sampled_from(sorted(claims))), by="tester", reason="synthetic")
    then[ledger.revision()] = fused(ledger)
    report = data.draw(st.sampled_from(sorted({c["report"]["id"] for c in claims.values()})))
    retract(ledger, report, by="tester", reason="synthetic")
    then[ledger.revision()] = fused(ledger)
    for revision, expected in then.items():
        assert fused(ledger, as_of=str(revision)) == expected, revision


@rich
@given(before=_content, after=_content, other=_content)
def test_a_carrier_ingested_again_holds_just_what_it_says_now(build, commit, fused, before, after, other):
    ledger = build({"synthetic-1.csv": before, "synthetic-2.csv": other})
    commit(ledger, {"synthetic-1.csv": after[0]}, sayings={"synthetic-1.csv": after[1]})
    expected = fused(build({"synthetic-2.csv": other, "synthetic-1.csv": after}), candidates=True)
    assert fused(ledger, candidates=True) == expected


@rich
@given(first=_content, second=_content)
def test_undoing_an_ingest_leaves_what_the_others_say(build, fused, first, second):
    ledger = build({"synthetic-1.csv": first, "synthetic-2.csv": second})
    alone = build({"synthetic-2.csv": second})
    undo(ledger, 2, by="tester", reason="the wrong file")
    assert fused(ledger, candidates=True) == fused(alone, candidates=True)
