"""A sentence with its mentions put in their places as tags, so that who did what to whom is a pattern over tags.

`Zimbabwe's Friendship Bench inspired a scheme in London in 2019` becomes `<C0>'s <I0> inspired a scheme in <C1> in
<D0>`. Tags: C country, O organisation or site, I innovation, D date.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .innovations import InnovationMention, innovation_mentions
from .organisations import OrganisationMention, organisation_mentions, seats
from .places import CountryMention, country_mentions
from .sentences import sentence_spans
from .when import DateMention, date_mentions

_TAG = re.compile(r"<([COID])(\d+)>")

_Mention = CountryMention | OrganisationMention | InnovationMention | DateMention


@dataclass
class Scene:
    """One sentence: where it is, what it names, and the sentence with tags in their places."""

    start: int
    end: int
    text: str
    countries: list[CountryMention]
    organisations: list[OrganisationMention]
    innovations: list[InnovationMention]
    dates: list[DateMention]
    tagged: str = ""
    seats: dict[int, str] = field(default_factory=dict)  # organisation number to its country

    def add(self, mention: _Mention) -> str:
        """Take a mention in and return its tag."""
        match mention:
            case CountryMention():
                self.countries.append(mention)
                return f"<C{len(self.countries) - 1}>"
            case OrganisationMention():
                self.organisations.append(mention)
                return f"<O{len(self.organisations) - 1}>"
            case InnovationMention():
                self.innovations.append(mention)
                return f"<I{len(self.innovations) - 1}>"
            case DateMention():
                self.dates.append(mention)
                return f"<D{len(self.dates) - 1}>"

    @property
    def unnamed(self) -> str:
        """The sentence without the names of innovations: the Friendship Bench is no friendship."""
        text = self.text
        for mention in self.innovations:
            if mention.said != mention.said.lower():
                start, end = mention.start - self.start, mention.end - self.start
                text = text[:start] + " " * (end - start) + text[end:]
        return text

    def country_of(self, tag: str) -> str | None:
        """Return the country that a tag means, also through an organisation's seat."""
        kind, number = tag[1], int(tag[2:-1])
        if kind == "C":
            return self.countries[number].iso3
        return self.seats.get(number) if kind == "O" else None

    def organisation_of(self, tag: str) -> str | None:
        """Return the organisation that a tag means."""
        return self.organisations[int(tag[2:-1])].name if tag[1] == "O" else None

    def countries_in(self, tagged: str) -> list[str]:
        """Return the countries that a part of the tagged sentence names, in its order."""
        found = [self.country_of(m.group()) for m in _TAG.finditer(tagged) if m.group(1) in "CO"]
        return list(dict.fromkeys(c for c in found if c))

    def organisations_in(self, tagged: str) -> list[str]:
        """Return the organisations that a part of the tagged sentence names, in its order."""
        found = [self.organisation_of(m.group()) for m in _TAG.finditer(tagged) if m.group(1) == "O"]
        return list(dict.fromkeys(o for o in found if o))


def scenes(text: str, language: str = "en") -> list[Scene]:
    """Return the sentences of a text with what each names. Cost: linear in the text."""
    marks: list[_Mention] = [
        *innovation_mentions(text),
        *organisation_mentions(text),
        *country_mentions(text, language),
        *date_mentions(text),
    ]
    marks.sort(key=lambda m: (m.start, -m.end))  # stable: of equal spans the kind listed first wins
    found = []
    at = 0
    for start, end in sentence_spans(text):
        while at < len(marks) and marks[at].start < start:
            at += 1
        step = at
        while step < len(marks) and marks[step].start < end:
            step += 1
        inside = [mention for mention in marks[at:step] if mention.end <= end]
        at = step
        found.append(_scene(text, start, end, inside))
    return found


def _scene(text: str, start: int, end: int, marks: list[_Mention]) -> Scene:
    scene = Scene(start, end, text[start:end], [], [], [], [])
    pieces: list[str] = []
    done = start
    held = (-1, -1)  # the organisation whose words are being passed
    for mention in marks:
        if isinstance(mention, CountryMention) and mention.start >= held[0] and mention.end <= held[1]:
            scene.seats.setdefault(len(scene.organisations) - 1, mention.iso3)
            continue
        if mention.start < done:
            continue
        pieces += [_untagged(text[done : mention.start]), scene.add(mention)]
        done = mention.end
        if isinstance(mention, OrganisationMention):
            held = (mention.start, mention.end)
            if seat := seats().get(mention.name):
                scene.seats[len(scene.organisations) - 1] = seat
    pieces.append(_untagged(text[done:end]))
    scene.tagged = " ".join("".join(pieces).split())
    if scene.organisations and scene.countries:
        _seat_by_neighbours(scene)
    return scene


def _untagged(text: str) -> str:
    """Return a part of a report in which nothing looks like a tag of ours."""
    return text.replace("<", "‹")


_SEATED = re.compile(
    r"<O(\d+)>(?:\s*\([^)<]{1,40}\))?(?:,? (?:in|of|at|from) (?:the )?|, |,? in [A-Z]\w+, | \(|,? based in )(?:[A-Z][\w’'-]+, )?(<C\d+>)"
)
_OWNED = re.compile(r"(<C\d+>)(?:['’]s?)? <O(\d+)>")


def _seat_by_neighbours(scene: Scene) -> None:
    """Give organisations the country that stands right beside them: "Kitui Hospital, Kenya", "Kenya's Kitui Hospital"."""
    for m in _OWNED.finditer(scene.tagged):
        scene.seats.setdefault(int(m.group(2)), scene.countries[int(m.group(1)[2:-1])].iso3)
    for m in _SEATED.finditer(scene.tagged):
        scene.seats.setdefault(int(m.group(1)), scene.countries[int(m.group(2)[2:-1])].iso3)
