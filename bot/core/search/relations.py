"""Who gave what to whom, and who spoke: read from the order of names, verbs and prepositions.

"A gave X to B" is neither "B gave X to A" nor "C gave X to B", though the same words occur. English, Ukrainian,
Russian, German and Korean; a language that is not read here says nothing, and nothing is then concluded from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise, takewhile

from bot.core.search.wordlist import words

Direction = tuple[str | None, str | None]  # ids of entities: from whom, to whom

_GIVING = words(
    """
    give gives gave given giving send sends sent sending supply supplies supplied supplying deliver delivers delivered
    delivering delivery deliveries provide provides provided providing ship ships shipped shipping shipment shipments
    hand hands handed handing transfer transfers transferred transferring donate donates donated pass passed passes
    liefern lieferung lieferungen schicken gibt gab
    надав надала надали надає дав дала дали дает дає дал дало дают дают передавал
    """
)
_GERMAN_GIVING = words("liefert lieferte lieferten schickt schickte schickten sendet sandte sandten ubergab ubergaben")
_GERMAN_GIVEN = words("geliefert geschickt gesendet gesandt verschickt ubergeben")  # at the end: "hat ... geliefert"
_GIVING_BEGINS = tuple(
    words(
        """
        переда постача поставил поставля поставк надісла надсила відправ отправ предостав
        보냈 보낸 보내 제공했 제공한 제공하 공급했 공급한 공급하 전달했 전달한 넘겼 넘긴 건넸 건넨
        """
    )
)
_TAKING = words(
    "get gets getting receive receives received receiving obtain obtains obtained "
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

# Nouns of what two sides have with each other, as they begin.
_MUTUAL_BEGINS = tuple(
    words(
        """
        cooperat co-operat relations partnership alliance treaty treaties
        співпрац співробітництв відносин партнерств сотрудничеств отношени zusammenarbeit beziehung partnerschaft
        """
    )
)
_NEAR, _NEAR_WITH = 1, 2  # words that may stand between a side and such a noun, alone or where "with" names the other
_DATIVE_ENDINGS = ("ії", "ии", "ині", "ине", "ові", "еві", "у", "ю")
_PEOPLE_ENDS = ("ians", "eans", "cans", "яни", "ян", "янам", "яне", "ці", "ців", "цям", "цы", "цев", "цам")
_TAKING_BEGINS = ("받았", "받은")


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
    IN = auto()
    WITH = auto()
    MUTUAL = auto()  # what two have with each other
    AS = auto()  # "as for Korea" names what is spoken of, not who is given something


class Case(Enum):
    """What the ending of a Ukrainian or Russian name tells: in "передала КНДР Росії" the verb comes first."""

    DATIVE = auto()
    OTHER = auto()


_MARKS = {
    Cue.TO: "to for into для до nach fur к",
    Cue.FROM: "from від із зі з из с со от von vom aus",
    Cue.BY: "by durch",
    Cue.AS: "as",
    Cue.IN: "in в у на",
    Cue.WITH: "with mit",
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
    people: bool = False  # a country's people, counted: "11 thousand Russians"
    place: bool = False  # a town or river, which lies in one of the countries that a direction speaks of
    case: Case | None = None  # of a Cyrillic name
    passive: bool = False  # "was given"
    last: bool = False  # a German participle: whoever gives, and whoever is given to, stand before it


@dataclass(frozen=True, slots=True)
class Relations:
    """What the order of the words says."""

    giving: bool = False  # something is said to go from somebody to somebody
    origin: frozenset[str] = frozenset()  # ids of entities, any of them
    destination: frozenset[str] = frozenset()
    speakers: frozenset[int] = frozenset()  # places of the units that name who speaks
    explicit: bool = False  # both ends stand behind prepositions: "from A to B"
    whose: str | None = None  # the one country whose thing the words begin to speak of: "Russian territory"
    sides: tuple[frozenset[str], ...] = ()  # the two that have something with each other, ids of either
    places: frozenset[str] = frozenset()  # ids among them that are towns and the like


def cue(word: str) -> Cue | None:
    """The cue of a folded word that is no name, or None."""
    if word in _GIVING or is_german_giving(word) or word.startswith(_GIVING_BEGINS):
        return Cue.GIVING
    if word in _TAKING or word.startswith(_TAKING_BEGINS):
        return Cue.TAKING
    if word.startswith(_MUTUAL_BEGINS):
        return Cue.MUTUAL
    if word in _SAYING:
        return Cue.SAYING
    return _WORDS.get(word)


def is_german_giving(word: str) -> bool:
    """Whether a folded word of giving is one that only German has."""
    return word in _GERMAN_GIVING or comes_last(word)


def comes_last(word: str) -> bool:
    """Whether a folded word of giving is a German participle."""
    return word in _GERMAN_GIVEN


def is_adjective(word: str) -> bool:
    """Whether a folded name looks like an adjective of nationality, in English, Ukrainian or Russian."""
    return word.endswith(_ADJECTIVES) or any(ending in word[-5:] for ending in ("ськ", "ск"))


def case_of(word: str) -> Case | None:
    """Of a folded name in Cyrillic letters; those that do not change ("КНДР") count as another case than the dative."""
    if not "\u0400" <= word[-1:] <= "\u04ff":
        return None
    return Case.DATIVE if word.endswith(_DATIVE_ENDINGS) else Case.OTHER


def is_people(word: str) -> bool:
    """Whether a folded name looks like the people of a country, in English, Ukrainian or Russian."""
    return word.endswith(_PEOPLE_ENDS)


def related(events: Sequence[Event]) -> Relations:
    """The relations in a row of cues."""
    speakers = _speakers(events)
    verb = next((at for at, event in enumerate(events) if event.cue in {Cue.GIVING, Cue.TAKING}), None)
    marked = _marked(events, giving=verb is not None)
    origin, destination = marked.get(Cue.FROM, frozenset()), marked.get(Cue.TO, frozenset())
    if verb is not None:
        before, after = _subject(events, verb) or _subject_behind(events, verb), _object(events, verb)
        if events[verb].last:
            first, second, *_ = (*_before(events, verb), frozenset[str](), frozenset[str]())
            before, after = first, after or second
        if events[verb].cue is Cue.TAKING or events[verb].passive:
            destination = destination or before
        else:
            origin, destination = origin or before, destination or after
    elif not origin:
        origin = _owner(events) - destination
    explicit = Cue.FROM in marked and Cue.TO in marked
    places = frozenset(each for event in events if event.place for each in event.ids)
    return Relations(
        giving=verb is not None,
        origin=origin,
        destination=destination,
        speakers=speakers,
        explicit=explicit,
        whose=_whose(events),
        sides=_sides(events),
        places=places,
    )


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
    """Whose things are spoken of: "Russian shells" come from Russia, "Russia shells" might go there.

    "Russia shells in Ukraine" are Russia's again, and people who are counted are their country's.
    """
    for at, (name, thing) in enumerate(pairwise((*events, Event(Cue.OTHER)))):
        if name.cue is not Cue.NAME or _preposition(events, at) is not None:
            continue
        row = [each.cue for each in events[at + 2 : at + 4]]
        if name.people or (thing.cue is Cue.TOPIC and (name.adjective or row == [Cue.IN, Cue.NAME])):
            return name.ids
    return frozenset()


def _whose(events: Sequence[Event]) -> str | None:
    """The one country whose thing is spoken of, where a name begins the words: "North Korean troops in Russia"."""
    first = next(iter(pairwise(events)), None)
    if first is None or not first[0].adjective or first[1].cue not in {Cue.TOPIC, Cue.OTHER} or len(first[0].ids) != 1:
        return None
    return next(iter(first[0].ids)) or None


def _sides(events: Sequence[Event]) -> tuple[frozenset[str], ...]:
    """The two of "relations between A and B", "A B relations", "A relations with B"; none where others stand there."""
    for at, event in enumerate(events):
        if event.cue is not Cue.MUTUAL:
            continue
        after = events[at + 1 : at + 4]
        joined = bool(after) and after[0].cue in {Cue.WITH, Cue.FROM}
        right = _names([each for each in after if each.cue is not Cue.OTHER or not joined][joined:])
        left = list(reversed(events[:at]))
        reach = _NEAR_WITH if joined else _NEAR
        skipped = next((place for place, each in enumerate(left) if each.cue is not Cue.OTHER), len(left))
        before = _names(left[skipped:]) if skipped <= reach else []
        both = right[:2] if len(right) > 1 else [*before[:1], *right] if right else before[:2]
        if len(both) == 2 and both[0] != both[1]:
            return tuple(both)
    return ()


def _names(events: Sequence[Event]) -> list[frozenset[str]]:
    """The names that a row begins with; "with" and "from" may part them."""
    row = [each for each in events if each.cue not in {Cue.WITH, Cue.FROM}]
    return [each.ids for each in takewhile(lambda each: each.cue is Cue.NAME, row)]


def _before(events: Sequence[Event], verb: int) -> list[frozenset[str]]:
    """The names before a verb that no preposition marks."""
    places = range(verb)
    return [events[at].ids for at in places if events[at].cue is Cue.NAME and _preposition(events, at) is None]


def _subject(events: Sequence[Event], verb: int) -> frozenset[str]:
    """The nearest name before a verb that no preposition marks."""
    return next(reversed(_before(events, verb)), frozenset())


def _object(events: Sequence[Event], verb: int) -> frozenset[str]:
    following = [each for each in events[verb + 1 : verb + 3] if each.cue is not Cue.IN][:1]
    if not following or following[0].cue is not Cue.NAME or following[0].case is Case.OTHER:
        return next((name.ids for name in _behind(events, verb) if name.case is Case.DATIVE), frozenset())
    return following[0].ids


def _subject_behind(events: Sequence[Event], verb: int) -> frozenset[str]:
    return next((name.ids for name in _behind(events, verb) if name.case is Case.OTHER), frozenset())


def _behind(events: Sequence[Event], verb: int) -> list[Event]:
    """The names behind a verb that no preposition marks."""
    places = range(verb + 1, min(verb + 5, len(events)))
    return [events[at] for at in places if events[at].cue is Cue.NAME and _preposition(events, at) is None]


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
