"""What a text has told so far: who visited whom, which innovation and which place it speaks of, and who "we" are.

A sentence is read with this memory: "the team", "their hosts", "the hospital", "back home", "there" and "we" get a tag
of their own (`<V0>` visitors, `<H0>` hosts, `<F0>` the place in focus, `<W0>` we, `<N0>` a name explained elsewhere), so
that roles are patterns over tags whether a place is named or meant. What the text has not settled stays a word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from .heading import country_of_heading, heading_of
from .innovations import InnovationMention
from .scene import Scene
from .sentences import lowered
from .told_names import told_names
from .visits import Exchange, Half, Visit
from .when import DateMention

PLACE = r"<[COVHFWN]\d+>"
PLACE_LOWERED = r"<[covhfwn]\d+>"  # the same in small letters
_TAG = re.compile(r"<([COVHFWN])(\d+)>")
_PAIR = 2
_THINGS = 4  # things that "the model" may mean
_SITES = 6  # sites that "the hospital" may mean
_NAMED = 3  # countries named lately that a sentence may be about without naming one
_PRONOUN = 3  # sentences over which "they" reaches back
_LETTER = {"B": "V", "I": "V", "T": "F", "Y": "W"}
_AROUND, _TALK = 6, 2  # sentences on either side, and exchange words among them that make a talk of exchanges
_NEAR = 5  # sentences over which the other side of an exchange may follow, and what is meant without its name
RECENT = 12  # sentences over which a visit and its people are remembered

_PEOPLE = (
    r"(?:nurses|midwives|doctors|physicians|officials|managers|clinicians|surgeons|leaders|health workers|workers|officers|"
    r"experts|trainees|students|fellows|trainers|planners|registrars|residents|paediatricians|specialists|colleagues|members|"
    r"representatives|ministers|consultants|staff|matrons|technicians|pharmacists|supervisors|counsellors|professionals|coaches|tutors|teachers|lecturers|\b\w+(?:ists|icians))"
)
_NUMBER = r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,3})"
#: What means the visitors, the hosts, the place in focus or the writers, once the text has told who they are. Matched
#: against small letters.
_PARTIES = re.compile(
    rf"\b(?=\w)(?:(?P<I>(?:its|their|his|her) (?:own )?(?:[\w-]+ )?(?:teams?|delegation|{_PEOPLE})\b(?! (?:from|of|in|at) (?:the )?<))"
    rf"|(?P<V>(?:both|the two) countries\b|(?:the|these|those|its|both|all|some of the|most of the|several of the|all of the) (?:(?:visiting|returning|returned|same|whole|country|senior|{_NUMBER}) )?(?:teams?|delegations?|delegates|visitors|participants|party|group|travell?ers|fellows|returnees|volunteers|observers|guests|mission|trainees|{_PEOPLE})\b(?! (?:from|of|in|at) (?:the )?<)"
    r"|(?:all|both)(?: two| three| four| five| six)?(?=,? (?:have|had|then|now|later|also|are now|plan|intend|will|went on|set up|started|adopted|introduced|returned|took)\b)"
    rf"|(?:each|one|two|three|four|several|some|many|most|half|all|both) of (?:them|the (?:visitors|participants|delegates|fellows|volunteers|{_PEOPLE}))\b(?! (?:from|of|in|at) (?:the )?<)"
    r"|(?<!> )(?:those|people|staff|nurses|participants|volunteers)(?= who (?:had )?(?:came|come|gone|went|returned|travell?ed|visited|took part|been)\b)"
    r"|(?:they|she|he)\b|its members\b)"
    r"|(?P<B>(?:back |once |when )?at home\b|back home\b|back in their own (?:country|hospital|district)\b|in their own (?:country|hospital|district|clinic|ward|unit)\b)"
    r"|(?P<H>(?:their|the|our|its) hosts?(?: (?:body|country|institution|team|hospital|organi[sz]ation))?\b(?! (?:was|is) <))"
    r"|(?P<T>there\b(?! (?:is|are|was|were|has|have|had|will|would|can|could|may|might|exist)))"
    r"|(?P<F>the (?:district |general |referral |teaching |university |provincial |regional |central |same |host )?(?P<noun>hospital|clinic|health centre|health center|centre|center|unit|ward|ministry|country|island|kingdom|trust|maternity|university|government|school|district|charity|department|board|hospice)\b(?! (?:of|in|at|from) (?:the )?<))"
    r"|(?P<W>(?:we|our|us|ours|myself|me|my)\b)|(?P<Y>here\b))"
)
_EVERY = re.compile(r"(?:both|all|each|the two)\b")
#: A part of a text that speaks for one country: "INDONESIA: we opened …"
_HEADED = re.compile(r"(?P<c><C\d+>)\s*[:–—-] ")
_SELF = re.compile(
    rf"\b(?:we|us|our (?:own )?(?!stud|analys|finding|result|data|work|research|survey|sample|trial|visit|trip|tour|stay|time|partner|colleague|friend|host|counterpart|experience|mutual|first|second|last|programme|project|model|interview|team visit)[\w-]+|myself|me|here|ours)\b,? (?:(?:and|who|are|were|all|both|based|two|three|four|matrons|nurses|doctors|come|came|travell?ed|set out|left) ){{0,4}}(?:in|at|from|back in|to you from)(?: the)? (?P<p>{PLACE_LOWERED})"
    rf"|\b(?:myself|i) and [^<.]{{0,40}}(?:from|of|at) (?P<q>{PLACE_LOWERED}(?: in {PLACE_LOWERED})?)"
)


@dataclass
class Line:
    """A sentence with tags also for the people and places that it means without naming them."""

    scene: Scene
    tagged: str
    meant: dict[str, tuple[str, ...]] = field(default_factory=dict)  # tag to countries
    sites: dict[str, str] = field(default_factory=dict)  # tag to site
    each: set[str] = field(default_factory=set)  # tags that mean every one of several countries
    we: tuple[str, ...] = ()  # the country that the writers speak for

    @property
    def text(self) -> str:
        """The sentence as it stands in the text."""
        return self.scene.text

    @property
    def dates(self) -> list[DateMention]:
        """The dates that it names."""
        return self.scene.dates

    @property
    def innovations(self) -> list[InnovationMention]:
        """The innovations that it names."""
        return self.scene.innovations

    def countries_of(self, tag: str) -> tuple[str, ...]:
        """Return the countries that a tag means."""
        if tag in self.meant:
            return self.meant[tag]
        country = self.scene.country_of(tag)
        return (country,) if country else ()

    def country_of(self, tag: str) -> str | None:
        """Return the one country that a tag means; null if it means none or several."""
        countries = self.countries_of(tag)
        return countries[0] if len(countries) == 1 else None

    def organisation_of(self, tag: str) -> str | None:
        """Return the organisation or site that a tag means."""
        return self.sites.get(tag) or (self.scene.organisation_of(tag) if tag[1] == "O" else None)

    def countries_in(self, tagged: str) -> list[str]:
        """Return the countries that a part of the sentence means, in its order."""
        if "<" not in tagged:
            return []
        return list(dict.fromkeys(c for m in _TAG.finditer(tagged) for c in self.countries_of(m.group())))

    def organisations_in(self, tagged: str) -> list[str]:
        """Return the organisations that a part of the sentence means, in its order."""
        found = (self.organisation_of(m.group()) for m in _TAG.finditer(tagged))
        return list(dict.fromkeys(o for o in found if o))

    def people(self, tag: str) -> bool:
        """Say whether a tag means people rather than a place: a demonym, the visitors, we."""
        return tag[1] in "VW" or (tag[1] == "C" and self.scene.countries[int(tag[2:-1])].demonym)


class Discourse:
    """The memory of a text, sentence by sentence."""

    def __init__(self, scenes: list[Scene]) -> None:
        self.at = 0
        self._about = _about(scenes)
        self.visits: list[tuple[int, Visit]] = []
        self.innovation: InnovationMention | None = None
        self.innovation_at = -99
        self.doers: tuple[str, ...] = ()  # countries that last did what tells of an uptake
        self.things: list[
            tuple[int, InnovationMention]
        ] = []  # spoken of lately, with their sentences, the last one last
        self.party: tuple[str, ...] = ()
        self.party_at = -99
        self.hosts: tuple[str, ...] = ()
        self.hosts_at = -99
        self.subject: tuple[str, ...] = ()  # the country that the sentence before named first
        self.place: tuple[str, ...] = ()  # where the sentence before was
        self.places: list[tuple[str, ...]] = []  # all the places that it named
        self.sites: list[tuple[str, str | None]] = []  # organisations named lately, the last one last
        self.visited_from: date | None = None  # first day of the last visit
        self.we: tuple[str, ...] = ()
        self._named_at: dict[str, int] = {}  # countries with the sentence that last named them, the last one last
        self.half: Half | None = None  # an exchange of which one side has been told
        self.half_at = -99
        self.heard_at = -99
        self.partners: list[str] = []  # countries of "UK partner: …" and the like
        self.home = country_of_heading(scenes)
        self.heading = ""  # under which a sentence stands
        self.names, self._heads, self._named = told_names(scenes)

    def line(self, scene: Scene) -> Line:
        """Return a sentence with tags for what it means."""
        self.at += 1
        self.heading = heading_of(scene.tagged) or self.heading
        if self.at - self.half_at > _NEAR:
            self.half = None
        line = Line(scene, scene.tagged)
        for number, site in enumerate(scene.organisations):
            known = self.names.get(site.name) or self.names.get(site.name.split(" ", 1)[0])
            if number not in scene.seats and (country := known):
                scene.seats[number] = country
        if self._named:
            line.tagged = self._named.sub(lambda m: self._name(line, m), line.tagged)
        if m := _HEADED.match(line.tagged):
            self.we = line.countries_of(m["c"])
        elif m := _SELF.search(lowered(line.tagged)):
            where = slice(*m.span("p" if m["p"] else "q"))
            self.we = tuple(line.countries_in(line.tagged[where])[:1])
        line.we = self.we
        if self.party or self.hosts or self.we or self.sites or "<" in line.tagged:
            line.tagged = self._parties_tagged(line)
        return line

    def _name(self, line: Line, m: re.Match[str]) -> str:
        site = self._heads.get(m.group())
        country = self.names.get(m.group()) or self.names.get(site or "")
        if country is None:
            return m.group()
        tag = f"<N{len(line.meant)}>"
        line.meant[tag] = (country,)
        if site:
            line.sites[tag] = site
        return tag

    def _parties_tagged(self, line: Line) -> str:
        """Return a sentence with tags for the people and places that it means without naming them."""
        pieces: list[str] = []
        done = 0
        for m in _PARTIES.finditer(lowered(line.tagged)):
            pieces += [line.tagged[done : m.start()], self._party(line, m)]
            done = m.end()
        return "".join([*pieces, line.tagged[done:]])

    def _party(self, line: Line, m: re.Match[str]) -> str:
        """Return a tag for people or a place that words mean without naming them; the words where nobody has said who."""
        kind = next(k for k in "IVBHTFWY" if m[k] is not None)
        site: str | None = None
        countries: tuple[str, ...]
        if kind == "F":
            countries, site = self._focus(m["noun"])
        else:
            countries = self._meant(line, m, kind)
        if not countries:
            return line.tagged[m.start() : m.end()]
        tag = f"<{_LETTER.get(kind, kind)}{len(line.meant)}>"
        line.meant[tag] = countries
        if _EVERY.match(m.group()):
            line.each.add(tag)
        if site:
            line.sites[tag] = site
        where = kind in "BYT" and not (kind == "T" and m.string[: m.start()].endswith("from "))
        return f"{'in ' if where else ''}{tag}{' own' if m.group() == 'my' else ''}"

    def _meant(self, line: Line, m: re.Match[str], kind: str) -> tuple[str, ...]:
        """Return the countries that "they", "its nurses", "back home", "their hosts", "there" or "we" mean."""
        party = self.party if self.at - self.party_at <= RECENT else ()
        if kind == "I":
            first = re.search(PLACE, line.tagged[: m.start()])
            return line.countries_of(first.group()) if first else party or self.subject
        if m.group() in {"they", "she", "he"}:
            return self._people_before(line, m) or (party if self.at - self.party_at <= _PRONOUN else ())
        if kind == "V":
            return party
        if kind == "B":
            return party or self.we
        if kind == "H":
            return self.hosts if self.at - self.hosts_at <= RECENT else ()
        return self._there(line, m) if kind == "T" else self.we

    def _there(self, line: Line, m: re.Match[str]) -> tuple[str, ...]:
        """Return the place last named: in the sentence, else in the one before, and not that of the people it speaks of."""
        for tag in reversed(_TAG.findall(line.tagged[: m.start()])):
            name = f"<{tag[0]}{tag[1]}>"
            if not line.people(name) and line.countries_of(name):
                return line.countries_of(name)
        people = {c for t in _TAG.finditer(line.tagged) if line.people(t.group()) for c in line.countries_of(t.group())}
        return next((place for place in reversed(self.places) if not set(place) & people), ())

    def _people_before(self, line: Line, m: re.Match[str]) -> tuple[str, ...]:
        """Return the people whom the sentence named before a pronoun in it."""
        before = line.tagged[: m.start()]
        groups = [before[g.start() : g.end()] for g in _GROUP.finditer(lowered(before))]
        people = [t.group() for t in _TAG.finditer(before) if line.people(t.group())]
        return tuple(line.countries_in(groups[-1] if groups else people[-1] if people else ""))

    def _focus(self, noun: str) -> tuple[tuple[str, ...], str | None]:
        for name, country in reversed(self.sites):
            if noun.removesuffix("re").removesuffix("er")[:6] in name.lower():
                return ((country,) if country else ()), name
        if noun in {"country", "island", "kingdom", "government", "ministry"} and len(self.place) == 1:
            return self.place, None
        return (), None

    def take(self, exchange: Exchange, *, teaching: bool = False, began: date | None = None) -> None:
        """Take in an exchange that a sentence tells of, or one side of it; one that did not take place is let go."""
        if exchange.status == "negated":
            return
        self._seat(exchange.host_organisations, exchange.hosts)
        self._seat(exchange.visiting_organisations, exchange.visitors)
        visitors, hosts = list(exchange.visitors), list(exchange.hosts)
        self.half = None
        self.heard_at = self.at
        if bool(visitors) != bool(hosts):
            self.half, self.half_at = Half(tuple(hosts), tuple(visitors), exchange.type), self.at
        if visitors:
            self.party, self.party_at = tuple(visitors), self.at
        if hosts:
            self.hosts, self.hosts_at = tuple(hosts), self.at
        if not exchange.mutual and not visitors and self.at - self.party_at <= _PRONOUN:
            visitors = [c for c in self.party if c not in hosts]
        elif not exchange.mutual and not hosts and self.at - self.hosts_at <= _PRONOUN:
            hosts = [c for c in self.hosts if c not in visitors]
        if visitors and hosts:
            self.visits.append((self.at, Visit(tuple(visitors), tuple(hosts), exchange.mutual, teaching)))
            self.visited_from = began

    def _seat(self, organisations: list[str], countries: list[str]) -> None:
        """Learn where the organisations of one side of an exchange are; of a pair, the one that is yet unknown."""
        loose = [o for o in organisations if o not in self.names]
        seated = {self.names[o] for o in organisations if o in self.names}
        if len(countries) == _PAIR and len(loose) == 1 and len(seated) == 1 and seated < set(countries):
            self.names[loose[0]] = next(iter(set(countries) - seated))
        if len(countries) == 1:
            for name in organisations:
                self.names.setdefault(name, countries[0])

    def host_of(self, visitor: str | None) -> str | None:
        """Return whom a country last went to see, as the text has told lately; null where it went to teach."""
        visit = self._last(visitor)
        return visit.host_of(visitor) if visit and not visit.teaching else None

    def teacher_of(self, host: str | None) -> str | None:
        """Return who came to a country to teach, as the text has told lately."""
        for at, visit in reversed(self.visits[-6:]):
            if self.at - at <= RECENT and visit.teaching and host in visit.hosts and len(visit.visitors) == 1:
                return visit.visitors[0]
        return None

    def only_host(self) -> str | None:
        """Return the one country that was gone to see, where the text has not said by whom."""
        alone = not self.visits and self.at - self.hosts_at <= RECENT and len(self.hosts) == 1
        return self.hosts[0] if alone else None

    def _place_before(self, line: Line, number: int) -> str | None:
        """Return the country last named before an organisation in its sentence, as a place and not a people."""
        before = line.tagged.split(f"<O{number}>", 1)[0]
        places = [m.group() for m in _TAG.finditer(before) if m.group(1) == "C" and not line.people(m.group())]
        return line.country_of(places[-1]) if places else None

    def about_exchange(self) -> bool:
        """Say whether the sentences around are about people who learn from one another."""
        return self._about[min(self.at, len(self._about)) - 1] if self._about else False

    def mutual(self, country: str | None) -> bool:
        """Say whether the exchange that a country was last in went both ways."""
        visit = self._last(country)
        return bool(visit and visit.mutual)

    def _last(self, visitor: str | None) -> Visit | None:
        for at, visit in reversed(self.visits[-6:]):
            if self.at - at <= RECENT and visit.host_of(visitor):
                return visit
        return None

    def leave(self, line: Line, thing: InnovationMention | None) -> None:
        """Remember a sentence's places, people and innovation for those that follow."""
        scene = line.scene
        if scene.innovations:
            self.innovation, self.innovation_at = scene.innovations[-1], self.at
        elif thing and (not thing.known and self.at - self.innovation_at > 1):
            self.innovation, self.innovation_at = thing, self.at
        self._keep([*scene.innovations, *([thing] if thing else [])])
        for country in line.countries_in(line.tagged):
            self._named_at.pop(country, None)
            self._named_at[country] = self.at
        only = {m.iso3 for m in scene.countries}
        for number, organisation in enumerate(scene.organisations):
            seat = scene.seats.get(number) or (next(iter(only)) if len(only) == 1 else self._place_before(line, number))
            self.sites = [*self.sites[1 - _SITES :], (organisation.name, seat)]
        if places := [m.group() for m in _TAG.finditer(line.tagged) if m.group(1) in "CON"]:
            last = [line.countries_of(tag) for tag in places if line.countries_of(tag) and not line.people(tag)]
            self.places = last or self.places
            self.subject = line.countries_of(places[0])
            self.place = last[-1] if last else self.place
        if places and (people := _GROUP.search(lowered(line.tagged))):
            countries = line.countries_in(line.tagged[people.start() : people.end()])
            both_ways = bool(self.visits) and self.visits[-1][1].mutual
            if countries and self.at != self.party_at and (both_ways or not set(countries) & set(self.hosts)):
                self.party, self.party_at = tuple(countries), self.at

    def _keep(self, things: list[InnovationMention]) -> None:
        """Remember the things that a sentence speaks of, each by its last sentence."""
        names = {t.name for t in things}
        older = [(at, t) for at, t in self.things if t.name not in names]
        newer = {t.name: (self.at, t) for t in things}
        self.things = [*older, *newer.values()][-_THINGS:]

    def named_before(self) -> list[str]:
        """Return the countries that a sentence may be about though it names none: those named just before, the last first."""
        lately = [c for c, at in reversed(self._named_at.items()) if self.at - at <= _NEAR]
        return lately[:_NAMED]

    def things_before(self) -> list[tuple[int, InnovationMention]]:
        """Return the things that sentences before this one spoke of, with how many sentences back, the last first."""
        return [(self.at - at, thing) for at, thing in reversed(self.things) if self.at - at <= _NEAR]


_GROUP = re.compile(
    rf"<c\d+>(?:['’]s?)? (?:[\w-]+ ){{0,2}}?(?:teams?|delegations?|delegates|visitors|participants|group|party|{_PEOPLE})\b|(?:team|delegation|delegates|visitors|participants|group|party|{_PEOPLE})(?: of [\w-]+(?: [\w-]+){{0,3}}?)? (?:from|representing) (?:the )?{PLACE_LOWERED}(?:(?:, and |, | and | in | of ){PLACE_LOWERED})*"
)


_EXCHANGE_WORDS = re.compile(
    r"\b(?:exchanges?|visit(?:ed|ors?|s|ing)?|delegat\w+|tour(?:s|ed)?|host(?:s|ed)?|guests?|twin(?:s|ned|ning)?|partners?|partnerships?|placements?|volunteers?|counterparts?|fellows?|fellowships?|learn\w*|return(?:ed)?|trips?|taught|adopted|model|inspired|south-south)\b"
)


def _about(scenes: list[Scene]) -> list[bool]:
    """Say of each sentence whether it stands among talk of exchanges."""
    counts = [0]
    for scene in scenes:
        counts.append(counts[-1] + len(_EXCHANGE_WORDS.findall(lowered(scene.text))))
    spans = ((max(0, n - _AROUND), min(len(scenes), n + _AROUND + 1)) for n in range(len(scenes)))
    return [counts[b] - counts[a] >= _TALK for a, b in spans]
