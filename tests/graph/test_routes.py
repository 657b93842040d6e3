"""Routes against a brute-force oracle: every simple sequence of countries, every combination of transfers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import pairwise, product

from hypothesis import given, settings
from hypothesis import strategies as st
from southerly.graph.network import BASES, Transfer
from southerly.graph.routes import Route, RouteSearch

COUNTRIES = ("BRA", "IND", "KEN", "UGA", "ZAF")
EVER, NEVER = date.min, date.max


def hop(
    source: str,
    target: str,
    when: object = None,
    *,
    at: str | None = None,
    of: str | None = None,
    basis: str = "stated",
) -> Transfer:
    """Make a synthetic transfer. `when` is a year, a pair of years of which either may be open, or null if undated."""
    first, last = when if isinstance(when, tuple) else (when, when)
    return Transfer(
        innovation="innovation:synthetic",
        adoption=f"adoption:synthetic:{target}" + (f":{at}" if at else ""),
        from_country=source,
        from_site_key=of,
        from_site=of,
        to_country=target,
        to_site_key=at,
        to_site=at,
        basis=basis,
        rule=None,
        claims=(f"claim:{source}-{of}-{target}-{at}-{when}-{basis}",),
        earliest=date(first, 1, 1) if first else None,
        latest=date(last, 12, 31) if last else None,
        dated=when is not None,
        channels=(),
    )


def joined(combination: tuple[Transfer, ...]) -> bool:
    """Say whether transfers meet end to end: on the country and, where both name a site, on the site."""
    return all(
        a.to_country == b.from_country
        and (a.to_site_key is None or b.from_site_key is None or a.to_site_key == b.from_site_key)
        for a, b in pairwise(combination)
    )


def in_time(combination: tuple[Transfer, ...]) -> bool:
    """Say whether each latest arrival is not before the greatest earliest arrival of all hops before it."""
    return all(
        (later.latest or NEVER) >= max((before.earliest or EVER) for before in combination[:index])
        for index, later in enumerate(combination)
        if index
    )


def sequences(transfers: list[Transfer], source: str, targets: set[str]) -> Iterator[tuple[str, ...]]:
    """Yield every sequence of countries that some transfers connect, no country twice."""
    edges = {(t.from_country, t.to_country) for t in transfers}
    waiting: list[tuple[str, ...]] = [(source,)]
    while waiting:
        walked = waiting.pop()
        if len(walked) > 1 and walked[-1] in targets:
            yield walked
        waiting += [(*walked, b) for a, b in edges if a == walked[-1] and b not in walked]


def expected(
    transfers: list[Transfer], sources: set[str], targets: set[str], *, time: bool = True
) -> dict[tuple[str, ...], list[set[Transfer]]]:
    """Return the pooled transfers of every hop of every route, by its countries."""
    between = defaultdict(list)
    for t in transfers:
        between[t.from_country, t.to_country].append(t)
    found = {}
    for source in sources:
        for countries in sequences(transfers, source, targets):
            steps = [between[step] for step in pairwise(countries)]
            good = [c for c in product(*steps) if joined(c) and (not time or in_time(c))]
            if good:
                pooled = [{c[index] for c in good} for index in range(len(steps))]
                found[countries] = [
                    {t for t in at if t.basis == min((o.basis for o in at), key=BASES.index)} for at in pooled
                ]
    return found


def search(transfers: list[Transfer], sources: set[str], targets: set[str], **options: bool) -> list[Route]:
    return RouteSearch(transfers, **options).routes(sources, targets)


YEARS = st.integers(1990, 1994)
WHEN = st.one_of(
    st.none(),
    YEARS,
    st.tuples(YEARS, YEARS).map(lambda pair: (min(pair), max(pair))),
    st.tuples(st.none(), YEARS),
    st.tuples(YEARS, st.none()),
)
SITES = st.sampled_from([None, None, "alpha", "beta"])
TRANSFERS = st.lists(
    st.builds(
        lambda ends, when, at, of, basis: hop(ends[0], ends[1], when, at=at, of=of, basis=basis),
        st.permutations(COUNTRIES).map(lambda order: order[:2]),
        WHEN,
        SITES,
        SITES,
        st.sampled_from(BASES),
    ),
    max_size=12,
    unique_by=lambda t: t.claims,
)
SOME = st.sets(st.sampled_from(COUNTRIES), min_size=1)


@settings(max_examples=250, deadline=None)
@given(TRANSFERS, SOME, SOME)
def test_routes_are_those_of_the_definition(transfers: list[Transfer], sources: set[str], targets: set[str]) -> None:
    routes = search(transfers, sources, targets)
    assert {r.countries: [set(h.transfers) for h in r.hops] for r in routes} == expected(transfers, sources, targets)
    assert len({r.countries for r in routes}) == len(routes)
    assert all(r.time_respecting for r in routes)


@settings(max_examples=100, deadline=None)
@given(TRANSFERS, SOME, SOME)
def test_without_time_every_joined_sequence_comes_and_says_whether_time_allows_it(
    transfers: list[Transfer], sources: set[str], targets: set[str]
) -> None:
    routes = search(transfers, sources, targets, ignore_time=True)
    assert {r.countries for r in routes} == set(expected(transfers, sources, targets, time=False))
    in_order = set(expected(transfers, sources, targets))
    assert {r.countries for r in routes if r.time_respecting} == in_order


@settings(max_examples=100, deadline=None)
@given(TRANSFERS, SOME, SOME, st.randoms(use_true_random=False))
def test_routes_are_ordered_and_the_order_of_the_transfers_does_not_matter(
    transfers: list[Transfer], sources: set[str], targets: set[str], random: object
) -> None:
    routes = search(transfers, sources, targets)
    keys = [
        (
            max(BASES.index(h.basis) for h in r.hops),
            len(r.hops),
            r.hops[-1].bounds[0] or NEVER,
            r.countries,
        )
        for r in routes
    ]
    assert keys == sorted(keys)
    shuffled = list(transfers)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis hands over a random.Random
    assert [r.countries for r in search(shuffled, sources, targets)] == [r.countries for r in routes]


@settings(max_examples=100, deadline=None)
@given(TRANSFERS, SOME, SOME)
def test_bounds_of_a_hop_and_years_of_a_route(transfers: list[Transfer], sources: set[str], targets: set[str]) -> None:
    for route in search(transfers, sources, targets):
        for pooled in route.hops:
            dated = [t for t in pooled.transfers if t.dated]
            first = min((t.earliest or EVER for t in dated), default=EVER)
            last = min((t.latest or NEVER for t in dated), default=NEVER)
            assert pooled.bounds == (first if first > EVER else None, last if last < NEVER else None)
        ends = route.hops[0].bounds[0], route.hops[-1].bounds[0]
        assert route.years == (ends[1].year - ends[0].year if ends[0] and ends[1] else None)


def test_an_undated_hop_does_not_launder_time_travel() -> None:
    transfers = [hop("BRA", "IND", 2010), hop("IND", "KEN"), hop("KEN", "UGA", 1990)]
    assert [r.countries for r in search(transfers, {"BRA"}, {"KEN"})] == [("BRA", "IND", "KEN")]
    assert search(transfers, {"BRA"}, {"UGA"}) == []
    (against,) = search(transfers, {"BRA"}, {"UGA"}, ignore_time=True)
    assert (against.countries, against.time_respecting) == (("BRA", "IND", "KEN", "UGA"), False)


def test_one_year_is_in_time_and_a_range_may_be() -> None:
    assert search([hop("BRA", "IND", 2010), hop("IND", "KEN", 2010)], {"BRA"}, {"KEN"})
    assert search([hop("BRA", "IND", (2005, 2015)), hop("IND", "KEN", 2006)], {"BRA"}, {"KEN"})
    assert not search([hop("BRA", "IND", (2007, 2015)), hop("IND", "KEN", 2006)], {"BRA"}, {"KEN"})
    assert search([hop("BRA", "IND", (None, 2015)), hop("IND", "KEN", 1990)], {"BRA"}, {"KEN"})


def test_a_route_changes_no_site_on_the_way() -> None:
    transfers = [hop("BRA", "IND", 2000, at="alpha"), hop("IND", "KEN", 2001, of="beta")]
    assert search(transfers, {"BRA"}, {"KEN"}) == []
    assert search([*transfers, hop("BRA", "IND", 2001)], {"BRA"}, {"KEN"})[0].hops[0].transfers == (
        hop("BRA", "IND", 2001),
    )


def test_a_hop_pools_only_what_a_route_can_use() -> None:
    """The arrival of 2005 leads nowhere, since who was taught at beta had taught on by 2001."""
    transfers = [
        hop("BRA", "IND", 2005, at="beta"),
        hop("BRA", "IND", 2000, at="beta"),
        hop("IND", "KEN", 2001, of="beta"),
    ]
    (route,) = search(transfers, {"BRA"}, {"KEN"})
    assert route.hops[0].transfers == (hop("BRA", "IND", 2000, at="beta"),)
    assert route.years == 1


def test_a_stated_hop_hides_what_is_only_assumed_of_it() -> None:
    transfers = [hop("BRA", "IND", 1990, basis="assumed"), hop("BRA", "IND", 2000, at="alpha")]
    (route,) = search(transfers, {"BRA"}, {"IND"})
    assert (route.hops[0].basis, route.hops[0].bounds[0]) == ("stated", date(2000, 1, 1))


def test_stated_routes_come_before_shorter_assumed_ones() -> None:
    transfers = [hop("BRA", "KEN", 1990, basis="assumed"), hop("BRA", "IND", 2000), hop("IND", "KEN", 2001)]
    assert [r.countries for r in search(transfers, {"BRA"}, {"KEN"})] == [("BRA", "IND", "KEN"), ("BRA", "KEN")]


def test_a_route_in_time_shows_the_same_hops_when_time_is_ignored() -> None:
    transfers = [hop("BRA", "IND", 2010, at="alpha"), hop("BRA", "IND", 1990, at="beta"), hop("IND", "KEN", 2000)]
    (kept,) = search(transfers, {"BRA"}, {"KEN"})
    (ignoring,) = search(transfers, {"BRA"}, {"KEN"}, ignore_time=True)
    assert ignoring.time_respecting
    assert ignoring.hops == kept.hops


def test_a_long_chain_is_found_or_the_search_says_that_it_stopped() -> None:
    chain = ["BWA", "ETH", "GHA", "IND", "KEN", "MWI", "NAM", "RWA", "SEN", "TZA", "UGA", "ZAF", "ZMB"]
    looking = RouteSearch([hop(a, b, 2000 + i) for i, (a, b) in enumerate(pairwise(chain))])
    routes = looking.routes({"BWA"}, {"ZMB"})
    assert [r.countries for r in routes] == [tuple(chain)] or looking.exhausted


def test_a_search_that_stops_early_says_so() -> None:
    everyone = [hop(a, b) for a in COUNTRIES for b in COUNTRIES if a != b]
    looking = RouteSearch(everyone, budget=3)
    looking.routes({"BRA"}, {"ZAF"})
    assert looking.exhausted
