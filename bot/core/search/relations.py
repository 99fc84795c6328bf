"""Who gave what to whom, and who spoke: read from the order of names, verbs and prepositions.

"A gave X to B" is neither "B gave X to A" nor "C gave X to B", though the same words occur. English, Ukrainian and
Russian; a language that is not read here says nothing, and nothing is then concluded from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise

from bot.core.search.wordlist import words

Direction = tuple[str | None, str | None]  # ids of entities: from whom, to whom

_GIVING = words(
    """
    give gives gave given giving send sends sent sending supply supplies supplied supplying deliver delivers delivered
    delivering delivery deliveries provide provides provided providing ship ships shipped shipping shipment shipments
    hand hands handed handing transfer transfers transferred transferring donate donates donated pass passed passes
    liefert lieferte liefern geliefert lieferung lieferungen schickt schickte schicken geschickt sendet sandte gibt gab
    надав надала надали надає дав дала дали дает дає дал дало дают дают передавал
    """
)
_GIVING_BEGINS = (
    "переда",
    "постача",
    "поставил",
    "поставля",
    "поставк",
    "надісла",
    "надсила",
    "відправ",
    "отправ",
    "предостав",
)
_TAKING = words(
    "receive receives received receiving obtain obtains obtained "
    "erhalten erhalt erhielt bekommen bekommt bekam отримав отримала отримали отримує получил "
    "получила получили получает"
)
_ADJECTIVES = ("ian", "ean", "ese", "ish", "ican")
_SAYING = words(
    """
    say says said saying tell tells told state stated states claim claims claimed announce announced announces mention
    mentions mentioned remark remarked comment commented talk talked talks speak speaks spoke spoken emphasize emphasise
    emphasized emphasised stressed quote quotes
    сказав сказала сказали каже казав казала говорив говорить заявив заявила заявили заявляє стверджує стверджував
    наголосив повідомив згадав сказал сказала сказали говорит говорил говорила заявил заявила заявили заявляет
    утверждает утверждал подчеркнул сообщил упомянул
    sagt sagte gesagt behauptet behauptete erklart erklarte meint meinte
    """
)


class Cue(Enum):
    """What a token is for the relations between the others."""

    NAME = auto()  # a country, place or organisation
    PERSON = auto()
    TOPIC = auto()
    OTHER = auto()  # any other thing that counts
    GIVING = auto()
    TAKING = auto()
    SAYING = auto()
    TO = auto()
    FROM = auto()
    BY = auto()
    WHO = auto()
    ACCORDING = auto()
    AS = auto()  # "as for Korea" names what is spoken of, not who is given something


_MARKS = {
    Cue.TO: "to for into для до nach fur к",
    Cue.FROM: "from від із зі з из с со от von vom aus",
    Cue.BY: "by durch",
    Cue.AS: "as",
    Cue.WHO: "who хто кто wer 누가",
    Cue.ACCORDING: "according",
}
_WORDS = {word: what for what, text in _MARKS.items() for word in text.split()}


@dataclass(frozen=True, slots=True)
class Event:
    """One cue, with the ids of the entities that a name may stand for and the place of its unit."""

    cue: Cue
    ids: frozenset[str] = frozenset()
    unit: int = -1
    adjective: bool = False  # "Russian", not "Russia"
    place: bool = False  # a town or river, which lies in one of the countries that a direction speaks of


@dataclass(frozen=True, slots=True)
class Relations:
    """What the order of the words says."""

    giving: bool = False  # something is said to go from somebody to somebody
    origin: frozenset[str] = frozenset()  # ids of entities, any of them
    destination: frozenset[str] = frozenset()
    speakers: frozenset[int] = frozenset()  # places of the units that name who speaks
    explicit: bool = False  # both ends stand behind prepositions: "from A to B"
    places: frozenset[str] = frozenset()  # ids among them that are towns and the like


def cue(word: str) -> Cue | None:
    """The cue of a folded word that is no name, or None."""
    if word in _GIVING or word.startswith(_GIVING_BEGINS):
        return Cue.GIVING
    if word in _TAKING:
        return Cue.TAKING
    if word in _SAYING:
        return Cue.SAYING
    return _WORDS.get(word)


def is_adjective(word: str) -> bool:
    """Whether a folded name looks like an adjective of nationality, in English, Ukrainian or Russian."""
    return word.endswith(_ADJECTIVES) or any(ending in word[-5:] for ending in ("ськ", "ск"))


def related(events: Sequence[Event]) -> Relations:
    """The relations in a row of cues."""
    speakers = _speakers(events)
    verb = next((at for at, event in enumerate(events) if event.cue in {Cue.GIVING, Cue.TAKING}), None)
    marked = _marked(events, giving=verb is not None)
    origin, destination = marked.get(Cue.FROM, frozenset()), marked.get(Cue.TO, frozenset())
    if verb is not None:
        before, after = _subject(events, verb), _object(events, verb)
        if events[verb].cue is Cue.TAKING:
            destination = destination or before
        else:
            origin, destination = origin or before, destination or after
    elif not origin:
        origin = _owner(events) - destination
    explicit = Cue.FROM in marked and Cue.TO in marked
    places = frozenset(each for event in events if event.place for each in event.ids)
    return Relations(verb is not None, origin, destination, speakers, explicit, places)


def agrees(relations: Relations, directions: Sequence[Direction], *, gives: bool) -> bool:
    """Whether a fact with these directions may be meant; `gives` says that its words speak of giving at all.

    A town that is no end of the fact's directions contradicts none of them: "tents for Brenitsa" go to its country.
    """
    ends = {end for direction in directions for end in direction}
    origin, destination = (
        frozenset[str]() if side <= relations.places - ends else side
        for side in (relations.origin, relations.destination)
    )
    if relations.giving and not (directions or gives):
        return False
    if not (origin or destination):
        return True
    if not directions:
        return not (relations.giving or relations.explicit)
    return any((not origin or a in origin) and (not destination or b in destination) for a, b in directions)


def _marked(events: Sequence[Event], *, giving: bool) -> dict[Cue, frozenset[str]]:
    """Names right behind a preposition: FROM (or BY, where something is given) and TO."""
    found: dict[Cue, frozenset[str]] = {}
    for at, event in enumerate(events):
        side = _preposition(events, at)
        if event.cue is Cue.NAME and side is not None and (side is not Cue.BY or giving):
            found.setdefault(Cue.FROM if side is Cue.BY else side, event.ids)
    return found


def _preposition(events: Sequence[Event], at: int) -> Cue | None:
    """The preposition right before an event, unless it is the "for" of "as for"."""
    before = events[at - 1].cue if at else None
    if before not in {Cue.FROM, Cue.TO, Cue.BY} or (at > 1 and events[at - 2].cue is Cue.AS):
        return None
    return before


def _owner(events: Sequence[Event]) -> frozenset[str]:
    """Whose things are spoken of: "Russian shells" come from Russia, "Russia shells" might go there."""
    pairs = enumerate(pairwise(events))
    return next(
        (
            name.ids
            for at, (name, thing) in pairs
            if name.adjective and thing.cue is Cue.TOPIC and _preposition(events, at) is None
        ),
        frozenset(),
    )


def _subject(events: Sequence[Event], verb: int) -> frozenset[str]:
    """The nearest name before a verb that no preposition marks."""
    for at in range(verb - 1, -1, -1):
        if events[at].cue is Cue.NAME and _preposition(events, at) is None:
            return events[at].ids
    return frozenset()


def _object(events: Sequence[Event], verb: int) -> frozenset[str]:
    following = events[verb + 1 : verb + 2]
    return following[0].ids if following and following[0].cue is Cue.NAME else frozenset()


def _speakers(events: Sequence[Event]) -> frozenset[int]:
    found = set()
    for at, event in enumerate(events):
        before = events[at - 1] if at else None
        following = next((each for each in events[at + 1 : at + 3] if each.cue is not Cue.TO), None)
        if event.cue is Cue.SAYING:
            if before and before.cue in {Cue.NAME, Cue.PERSON}:
                found.add(before.unit)
            elif following and following.cue is Cue.PERSON and not (before and before.cue is Cue.WHO):
                found.add(following.unit)
        elif event.cue is Cue.ACCORDING and following and following.cue in {Cue.NAME, Cue.PERSON}:
            found.add(following.unit)
    return frozenset(found)
