"""How each finding of the rules is said to the person who wrote the file: what is wrong, what to do."""

from __future__ import annotations

from bot.core.rules.remark import Code, Remark

_LONGEST = 120  # characters of a value from a file that a message repeats

PHRASES: dict[Code, tuple[str, str]] = {
    Code.UNKNOWN_ID: ("no {kind} {given!r} is on file", "correct the id, or add the {kind}"),
    Code.DUPLICATE_ID: ("the id {given!r} is already taken in {section}", "choose another id"),
    Code.DUPLICATE_NUMBER: ("number {given} belongs to {other}", "remove the number; a free one is given at import"),
    Code.SAME_FACT: ("the same speaker, words and source as {other}", "keep one of the two"),
    Code.NEAR_DUPLICATE: ("nearly the same words as {other}", "check that both are needed"),
    Code.SHARED_ALIAS: ("the name {given!r} also leads to {other}", "remove one, or list it under ambiguous in both"),
    Code.TOPIC_CIRCLE: ("{given!r} is broader than itself", "break the circle of broader topics"),
    Code.UNTRIMMED_TEXT: ("the text begins or ends with a blank", "begin and end with the first and last word"),
    Code.SPANS_MISSING: ("a mixed text without quoted_spans", "list the fragments that are in quotation marks"),
    Code.SPANS_NOT_ALLOWED: ("quoted_spans in a text of kind {kind}", "remove them, or write kind: mixed"),
    Code.SPAN_NOT_QUOTED: ("{given!r} does not stand in quotation marks in the text", "copy the fragment exactly"),
    Code.SPEAKER_MISSING: ("kind {kind} without a speaker, and answers say so",
                           "write speaker: {{entity: …, name: …}}"),
    Code.SPEAKER_NOT_ALLOWED: ("kind {kind} has no speaker", "remove the speaker, or write another kind"),
    Code.LABEL_LONG: ("the label has {length} characters", "phones and lists show at most {limit}"),
    Code.QUOTE_LONG: ("the text has {length} characters", "quote at most {limit}, or be sure that you may"),
    Code.NO_SOURCE: ("no citation supports the words", "write source: or citations:"),
    Code.SINGLE_SOURCE: ("only one source", "a second, independent one makes it stronger"),
    Code.SELECTOR_OTHER_WORDS: ("the selector has other words than the text", "leave the selector out"),
    Code.SELECTOR_POSITION: ("the selector does not fit: the words have {length} characters at {start} to {end}",
                             "leave the selector out and import with the text"),
    Code.SELECTOR_CONTEXT: ("prefix or suffix has {length} characters", "keep at most {limit}"),
    Code.NOT_QUOTED: ("direct speech that is not between quotation marks in the source",
                      "quote from mark to mark, or write kind: indirect or mixed"),
    Code.CUT_WORD: ("the text begins or ends inside a word or number", "quote whole words"),
    Code.NOT_FOUND: ("these words do not stand in the source", "copy them exactly from the source's text"),
    Code.UNCHECKED: ("not compared with the source's text", "import with --texts; answers say that it was not checked"),
    Code.CHECK_WITHOUT_PLACE: ("a check without the place and the snapshot that it compared",
                               "remove it; an import with --texts makes one"),
    Code.CHECK_OF_OTHER_TEXT: ("a check of another text than the source's snapshot",
                               "remove it; an import with --texts makes one"),
    Code.CHECK_OF_OTHER_WORDS: ("a check of other words or another place; it is left out", "import with --texts"),
    Code.LINE_BREAK: ("a line break", "write it on one line; a break inside a paragraph is a blank"),
    Code.TEXT_LONG: ("the text has {length} characters", "quote at most {limit}, as several facts if need be"),
    Code.NOT_ONE_QUOTATION: ("quotation marks inside do not pair up, so this is no single quotation",
                             "quote from mark to mark, or write kind: mixed"),
    Code.FUTURE_QUOTE: ("{given} is after the source was published ({published})", "correct the date"),
    Code.BOUNDS_REVERSED: ("not_before is after not_after", "exchange them"),
    Code.DATE_OUT_OF_BOUNDS: ("{given} lies outside not_before and not_after", "correct the date or its bounds"),
    Code.BASIS_MISSING: ("a date that the source does not state, without a basis", "write in basis: what it rests on"),
    Code.CHAIN_SHORT: ("the chain is too short", "write who spoke (if anybody) and who published it, or leave it out"),
    Code.CHAIN_START: ("the chain does not begin with {given!r} who said it", "begin with act: said and the speaker"),
    Code.CHAIN_END: ("the chain ends with {given!r}, not with the source's publisher {publisher!r}",
                     "end with the publisher, without a name where the source does not give it"),
    Code.HEARSAY: ("{given!r} stands between speaker and outlet", "write attribution: second-hand"),
    Code.NOT_HEARSAY: ("second-hand, but nobody stands between speaker and outlet", "add the hop, or write attributed"),
    Code.PLACEHOLDER: ("an actor without a name: {given!r}", "nothing to do if the source gives none"),
    Code.VENUE_CONFLICT: ("something speaks against the venue: {given!r}", "nothing to do; the evidence shows it"),
    Code.BAD_VALUE: ("{given!r} is no decimal number", 'write digits: "3500000"'),
    Code.SURFACE_NOT_IN_TEXT: ("{given!r} does not stand in the text", "copy the words from the text"),
    Code.COMPARATOR: ('"{surface}" does not say {given}', "take the hedge into surface, or correct the comparator"),
    Code.VALUE_NOT_IN_SURFACE: ('"{surface}" does not say {given}', "write the number that stands there, as digits"),
    Code.HEDGE_OUTSIDE: ('"{given}" stands before "{surface}" in the text', "take it into surface"),
    Code.NEEDLESS_WARNING: ("the words do stand in the source", "leave unverified: out"),
    Code.RELATES_TO_ITSELF: ("a fact cannot be related to itself", "name the other fact, or remove the line"),
    Code.UNVERIFIED: ("shown although its words were not found, and answers say so ({given})",
                      "a text that has them is better"),
    Code.RESTATES_ITSELF: ("a fact cannot restate itself", "name the other fact, or remove the line"),
    Code.UNIT_DIFFERS: ("the unit {given!r} is not the {series!r} of the series", "use the same unit, or no series"),
    Code.SCOPE_DIFFERS: ("the scope {given!r} is not the {series!r} of the series", "check that both can be compared"),
    Code.HEDGE_LOST: ('the label has lost "{given}"', "keep the hedge in the label"),
    Code.URL_MISSING: ("no link on file", "add url: when it is known; answers say that it is missing"),
    Code.URL_BAD: ("{given!r} is no web address", "write https://…, or url: null when it is not known"),
    Code.URL_PRIVATE: ("{given!r} is no host that everybody can reach", "write the address that readers can open"),
    Code.URL_CREDENTIALS: ("the link holds a user name or password", "remove it from the link"),
    Code.URL_SHORTENER: ("{given} hides where the link leads", "write the address of the page itself"),
    Code.URL_FOREIGN_LETTERS: ("the host {given} has letters that can look like others", "check it letter by letter"),
    Code.MUCH_OF_SOURCE: ("the facts repeat {percent} % of this source", "more than {limit} % may not be a quotation"),
}  # fmt: skip


def phrase(remark: Remark) -> tuple[str, str]:
    """What is wrong and what to do, in English."""
    wrong, instead = PHRASES[remark.code]
    data = {name: value if len(value) <= _LONGEST else f"{value[:_LONGEST]}…" for name, value in remark.data.items()}
    place = remark.path.removeprefix(".")
    if remark.code is Code.UNKNOWN_ID and remark.data.get("close"):
        instead = "did you mean {close!r}?"
    said = wrong.format(**data)
    return f"{place}: {said}" if place else said, instead.format(**data)
