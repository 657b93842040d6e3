"""Which names mean the same innovation: exact names, declared aliases, and analysts' judgements.

The answer is a pure function of the visible claims and judgements. Names are nodes by their normal form; a declared
alias joins two; an acronym that several innovations declare joins them only where neither kind nor country of origin
contradicts it; "same" and "different" judgements come before all. Clusters are connected components, their id is
`innovation:` and the least normal form under which a claim speaks of them, their label the spelling most reports use.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations, pairwise

import pyarrow as pa

from .names import name_key
from .union import UnionFind
from .view import View

_MANY = 50  # an acronym that more innovations than this declare is no evidence of sameness


@dataclass(frozen=True, slots=True)
class Innovation:
    """One innovation as the graph knows it."""

    id: str
    label: str
    aliases: tuple[str, ...]
    kinds: tuple[str, ...]
    themes: tuple[str, ...]

    def brief(self) -> dict[str, object]:
        """Return the JSON shape of an innovation inside an answer."""
        return {"id": self.id, "label": self.label, "aliases": list(self.aliases)}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Two innovations that may be one, for an analyst to judge."""

    a: str
    b: str
    why: str


@dataclass
class Identity:
    """The innovations of a view, by the normal form of each of their names."""

    view: View
    suggestions: list[Suggestion] = field(default_factory=list)

    @cached_property
    def by_key(self) -> dict[str, str]:
        """Map the normal form of every name to the id of its innovation. An ambiguous acronym is in none."""
        if self._kept:
            return self._kept[0]
        return {key: id_ for id_, keys in self._clusters.items() for key in keys}

    @cached_property
    def innovations(self) -> dict[str, Innovation]:
        """Map ids to innovations, in the order of ids."""
        if self._kept:
            return self._kept[1]
        spellings: dict[str, dict[str, int]] = defaultdict(dict)
        for key, text, reports in self._spoken:
            spellings[self.by_key[key]][text] = reports
        others: dict[str, dict[str, str]] = defaultdict(dict)
        for key, alias_key, alias, _type, _reports in sorted(self._declared):
            others[self.by_key[key]].setdefault(alias_key, alias)
        kinds, themes = self._tags("innovation_kind"), self._tags("theme")
        found = {}
        for id_, keys in self._clusters.items():
            said = spellings[id_]
            label = min(said, key=lambda text: (-said[text], text))
            names = {text for text in said if text != label} | set(others[id_].values())
            # One alias a normal form, and none that is only the label in other letters.
            aliases = {name_key(name): name for name in sorted(names, reverse=True)}
            aliases.pop(name_key(label), None)
            found[id_] = Innovation(
                id_,
                label,
                tuple(sorted(aliases.values())),
                tuple(sorted({t for k in keys for t in kinds.get(k, ())})),
                tuple(sorted({t for k in keys for t in themes.get(k, ())})),
            )
        return found

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Map ids to numbers, in the order of ids, from 1."""
        return {id_: number for number, id_ in enumerate(self.innovations, 1)}

    def make_table(self, only: str | None = None) -> None:
        """Make the table `innov` (key, id) in the view's connection, of all innovations or of one."""
        pairs = [(key, id_) for key, id_ in self.by_key.items() if only is None or id_ == only]
        self.view.register("innov", {"key": [p[0] for p in pairs], "id": [p[1] for p in pairs]})

    def write(self) -> None:
        """Make the tables `named_innovation` (with numbers) and `suggested`, from which `_kept` is read again."""
        found = self.innovations.values()
        lists = pa.list_(pa.string())
        self.view.register(
            "named_innovation",
            {
                "number": list(self.numbers.values()),
                "id": [i.id for i in found],
                "label": [i.label for i in found],
                "aliases": [list(i.aliases) for i in found],
                "kinds": [list(i.kinds) for i in found],
                "themes": [list(i.themes) for i in found],
            },
            {"number": pa.int64(), "aliases": lists, "kinds": lists, "themes": lists},
        )
        self.view.register(
            "suggested",
            {
                "place": list(range(len(self.suggestions))),
                "a": [s.a for s in self.suggestions],
                "b": [s.b for s in self.suggestions],
                "why": [s.why for s in self.suggestions],
            },
            {"place": pa.int64()},
        )

    @cached_property
    def _kept(self) -> tuple[dict[str, str], dict[str, Innovation]] | None:
        """Names and innovations as they are kept with the fused view, or null if they have to be found."""
        found = self.view.reach.names()
        if found is None:
            return None
        self.suggestions += [Suggestion(*row) for row in found.suggested]
        return dict(found.keys), {
            id_: Innovation(id_, label, tuple(aliases), tuple(kinds), tuple(themes))
            for id_, label, aliases, kinds, themes in found.innovations
        }

    @cached_property
    def _spoken(self) -> list[tuple[str, str, int]]:
        """Innovations that claims speak of: normal form, spelling, number of reports."""
        return self.view.con.execute(
            """
            SELECT key, said, count(DISTINCT report) FROM (
                SELECT innovation_key AS key, innovation AS said, report FROM visible WHERE innovation_key IS NOT NULL
                UNION ALL
                SELECT unnest(shown_keys), unnest(shown), report FROM visible WHERE kind = 'exchange'
            ) GROUP BY ALL ORDER BY ALL
            """
        ).fetchall()

    @cached_property
    def _declared(self) -> list[tuple[str, str, str, str | None, int]]:
        """Other names: normal form of the innovation, of the name, the name, its type, number of reports."""
        return self.view.con.execute(
            "SELECT innovation_key, name_key, name, max(name_type), count(DISTINCT report) FROM visible "
            "WHERE kind = 'name' AND innovation_key IS NOT NULL AND name_key IS NOT NULL GROUP BY 1, 2, 3 ORDER BY ALL"
        ).fetchall()

    def _tags(self, column: str) -> dict[str, set[str]]:
        tags: dict[str, set[str]] = defaultdict(set)
        for key, tag in self.view.con.execute(
            f"SELECT DISTINCT innovation_key, {column} FROM visible "
            f"WHERE innovation_key IS NOT NULL AND {column} IS NOT NULL"
        ).fetchall():
            tags[key].add(tag)
        return tags

    @cached_property
    def _clusters(self) -> dict[str, set[str]]:
        primary = {key for key, _text, _n in self._spoken}
        same, different = self._judgements()
        union = UnionFind()
        for key in sorted(primary):
            union.find(key)
        self._join(union, same, different)
        names, acronyms = self._declarations(primary)
        self._join(union, names, different)
        self._join(union, self._compatible(acronyms, union), different)
        clusters = {}
        for members in union.clusters():
            spoken = members & primary
            if spoken:
                clusters[f"innovation:{min(spoken)}"] = members
        return dict(sorted(clusters.items()))

    def _join(self, union: UnionFind, pairs: list[tuple[str, str]], different: list[tuple[str, str]]) -> None:
        """Join pairs in their order, except those that would make one of two names judged different."""
        for a, b in pairs:
            ends = {union.find(a), union.find(b)}
            if len(ends) == 2 and not any({union.find(x), union.find(y)} == ends for x, y in different):
                union.join(a, b)

    def _judgements(self) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
        rows = self.view.con.execute(
            "SELECT verdict, subject, object FROM judgement_at WHERE verdict IN ('same', 'different') "
            "AND subject LIKE 'innovation:%' ORDER BY ALL"
        ).fetchall()
        pairs: dict[str, list[tuple[str, str]]] = {"same": [], "different": []}
        for verdict, a, b in rows:
            pairs[verdict].append((a.removeprefix("innovation:"), b.removeprefix("innovation:")))
        return pairs["same"], pairs["different"]

    def _declarations(self, primary: set[str]) -> tuple[list[tuple[str, str]], dict[str, list[str]]]:
        """Return the pairs that declared names join, and the holders of each acronym that several declare."""
        declarers: dict[str, set[str]] = defaultdict(set)
        short: set[str] = set()
        for key, alias_key, _alias, type_, _n in self._declared:
            declarers[alias_key].add(key)
            if type_ == "acronym":
                short.add(alias_key)
        pairs, acronyms = [], {}
        for alias in sorted(declarers):
            holders = sorted(declarers[alias] | ({alias} & primary))
            if len(holders) > 1 and alias in short:
                acronyms[alias] = holders
            else:
                pairs += [(holder, alias) for holder in holders if holder != alias]
        return pairs, acronyms

    def _compatible(self, acronyms: dict[str, list[str]], union: UnionFind) -> list[tuple[str, str]]:
        """Return the pairs that shared acronyms join: holders that, as joined so far, contradict in nothing.

        Acronyms are taken in their order by code point, so that the answer is the same however claims came in.
        """
        kinds = self._by_cluster(self._tags("innovation_kind"), union)
        origins = self._by_cluster(self._origins(), union)
        joined = UnionFind()  # what acronyms before this one have joined, over the roots of `union`
        pairs = []
        for alias, holders in acronyms.items():
            roots = sorted({joined.find(union.find(holder)) for holder in holders})
            if len(roots) > _MANY or _contradict(roots, kinds) or _contradict(roots, origins):
                self.suggestions += [Suggestion(a, b, f"both are called {alias}") for a, b in pairwise(roots)]
                continue
            pairs += [(holder, alias) for holder in holders if holder != alias]
            for root in roots[1:]:
                joined.join(roots[0], root)
            for tags in (kinds, origins):
                tags[joined.find(roots[0])] = set().union(*(tags.get(root, set()) for root in roots))
        return pairs

    def _by_cluster(self, tags: dict[str, set[str]], union: UnionFind) -> dict[str, set[str]]:
        pooled: dict[str, set[str]] = defaultdict(set)
        for key, values in tags.items():
            pooled[union.find(key)] |= values
        return pooled

    def _origins(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for key, country in self.view.con.execute(
            "SELECT DISTINCT innovation_key, country FROM visible WHERE kind = 'origin' AND country IS NOT NULL"
        ).fetchall():
            found[key].add(country)
        return found


def _contradict(roots: list[str], tags: dict[str, set[str]]) -> bool:
    """Say whether two clusters are both tagged and share no tag."""
    return any(tags.get(a) and tags.get(b) and not tags[a] & tags[b] for a, b in combinations(roots, 2))
