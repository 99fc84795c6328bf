"""English: why the desk says no, in a sentence that says what to do."""

from __future__ import annotations

from bot.wording.catalogue import Sentence

SENTENCES: dict[str, Sentence] = {
    "refused.long": "That is too long: {length} characters, at most {limit}.",
    "refused.console": 'This console only reads, so "{command}" is not for here. To suggest, review and correct '
    "facts, run: onrecord desk",
    "refusal.since": "What happened: {done}",
    "refusal.not_an_editor": "This takes a moderator. You can suggest facts, and report what is wrong.",
    "refusal.unknown": "There is nothing under #{number}. See “mine” or “desk queue”.",
    "refusal.no_report": "There is no report {report} on #{number}. See “desk open {number}”.",
    "refusal.not_now": "That cannot be done now: #{number} is {state}.",
    "refusal.own_work": "#{number} is your own: somebody else has to agree. It waits in the queue.",
    "refusal.own_report": "A part of #{number} is yours, so somebody else closes reports on it.",
    "refusal.batch.unknown": "There is no batch {batch}.",
    "refusal.batch.own": "Batch {batch} is of what you hid, or what is yours: somebody else brings it back.",
    "refusal.batch.unlinked": "Nobody can tell whether batch {batch} is of your own doing. See “desk settings”.",
    "refusal.batch.nothing": "Nothing of batch {batch} is hidden as it left it any more.",
    "refusal.unlinked": "#{number} came from {platforms}, so nobody can tell whether that was you. First link your "
    "account there, or declare that you have none. Then approve again.",
    "refusal.already_waits": "A change of #{number} waits already. Decide on that one first, under “desk open "
    "{number}”.",
    "refusal.nothing_waits": "Nothing waits on #{number} any more, or something else than you saw. Nothing was "
    "changed.",
    "refusal.nothing_there": "There is nothing to do: no fact of theirs is shown since then.",
    "refusal.nothing_changes": "#{number} says that already; nothing was changed.",
    "refusal.overtaken": "#{number} has changed in the same place meanwhile. Nothing was changed; open it and look "
    "again.",
    "refusal.changed": "You saw revision {seen}, and it is revision {now} by now. Nothing was changed; open it and "
    "look again.",
    "refusal.not_found": "The words of #{number} do not stand in the text at hand. Correct them, paste the passage "
    "that has them, or say why they are to be shown unverified: {number} unverified …",
    "refusal.no_reason": "Please say why; everybody can read it in the history. Nothing was changed.",
    "refusal.bad_code": "This code is not known, too old, or your own. Get a new one on your other account with "
    "“desk settings”.",
    "refusal.name_taken": "This name is somebody else's, looks like one that is, or is that of a role. Choose "
    "another one.",
    "refusal.flawed": "#{number} cannot stay like this. {flaws}",
    "refusal.unreadable": "{field}: this cannot be kept as it was typed. Type it anew; nothing was changed.",
    "refusal.unread": "What waits on #{number} cannot be read any more. Reject it, and propose anew what is meant.",
    "refusal.other": "That is refused: {why}",
    "refusal.no_draft": "You have no form #{number} (any more): forms are kept for 30 days. “mine” lists yours; "
    "“suggest” begins a new one.",
    "refusal.many_drafts": "You have {count} forms under way. Send or drop some of them first; “mine” lists them.",
    # -- fields that cannot be read
    "trouble.missing": "{field}: please fill it in.",
    "trouble.no-day": "{field}: “{given}” is no day. Write 2024-11-16, 16 Nov 2024, or only 2024-11; empty where it is "
    "not known.",
    "trouble.future": "{field}: “{given}” has not come yet.",
    "trouble.two-ways": "{field}: “{given}” can be read in two ways. Write it as 2024-11-16.",
    "trouble.no-kind": "{field}: “{given}” is none of: direct, mixed, indirect, outlet, caption.",
    "trouble.no-language": "{field}: “{given}” is no language tag. Write a BCP 47 tag such as en, uk or de.",
    "trouble.unknown": "{field}: “{given}” is not on file. Choose another one, or leave it to the moderators.",
    "trouble.nobody-speaks": "{field}: an outlet's own words and captions have nobody who speaks. Change the kind "
    "first.",
    "trouble.long": "{field}: {length} characters are too many; at most {limit}. Paste only the paragraph with "
    "the words.",
    # -- what the rules find in a record
    "flaw.unknown-id": "There is no {kind} “{given}” on file: choose another one, or add it first.",
    "flaw.same-fact": "The same words of the same speaker from the same source are on record as {other}.",
    "flaw.near-duplicate": "Nearly the same words are on record as {other}.",
    "flaw.untrimmed-text": "The words begin or end with a blank: begin and end with a word.",
    "flaw.spans-missing": "Nothing stands in quotation marks: choose “summary” as the kind.",
    "flaw.spans-not-allowed": "This kind has no quoted fragments.",
    "flaw.span-not-quoted": "“{given}” does not stand in quotation marks in the words.",
    "flaw.speaker-missing": "Nobody is named as the speaker; answers say so.",
    "flaw.speaker-not-allowed": "Where the article speaks itself, nobody is quoted: leave the speaker empty.",
    "flaw.label-long": "The label has {length} characters; phones show {limit}.",
    "flaw.quote-long": "The words have {length} characters; more than {limit} may be more than a quotation.",
    "flaw.text-long": "The words have {length} characters: quote at most {limit}, as several facts if need be.",
    "flaw.no-source": "No source has these words.",
    "flaw.single-source": "One source only.",
    "flaw.not-quoted": "These words do not stand between quotation marks in the passage: quote from mark to mark, or "
    "choose “summary” as the kind.",
    "flaw.cut-word": "The words begin or end inside a word or number: quote whole words.",
    "flaw.not-found": "These words do not stand in the passage: copy them exactly.",
    "flaw.unchecked": "The words were not compared with a text.",
    "flaw.line-break": "There is a line break inside: write it on one line.",
    "flaw.not-one-quotation": "The quotation marks inside do not pair up: quote from mark to mark, or choose the kind "
    "with quoted fragments.",
    "flaw.future-quote": "{given} is after the day of publication ({published}): correct one of the two.",
    "flaw.bounds-reversed": "The earliest day is after the latest one.",
    "flaw.date-out-of-bounds": "The day {given} lies outside its bounds.",
    "flaw.basis-missing": "The day is not stated by the source: say what it rests on.",
    "flaw.chain-short": "Say who spoke, and who published it.",
    "flaw.chain-start": "The chain has to begin with the speaker ({given}).",
    "flaw.chain-end": "The chain has to end with the publisher of the source.",
    "flaw.hearsay": "{given} stands between the speaker and the outlet, so this is second-hand.",
    "flaw.hedge-lost": "The label has lost “{given}”.",
    "flaw.url-missing": "No link on file; answers say so.",
    "flaw.url-bad": "“{given}” is no web address: write https://…, or none.",
    "flaw.url-private": "Not everybody can reach {given}: write the address that readers can open, or none.",
    "flaw.url-credentials": "The link holds a user name or password: remove that part.",
    "flaw.url-shortener": "{given} hides where the link leads: write the address of the page itself.",
    "flaw.url-foreign-letters": "The host {given} has letters that can look like others: check it letter by letter.",
    "flaw.much-of-source": "The facts repeat {percent} % of this source; more than {limit} % may not be a quotation.",
    "flaw.relates-to-itself": "A fact cannot be related to itself.",
    "flaw.restates-itself": "A fact cannot restate itself.",
    "flaw.needless-warning": "The words do stand in the source: no warning is needed.",
    "flaw.unverified": "Shown although the words were not found, and answers say so: {given}",
    "flaw.shared-alias": "The name “{given}” also leads to {other}.",
    "flaw.topic-circle": "The topic {given} would contain itself.",
    "flaw.venue-conflict": "Something speaks against the place: {given}",
    "flaw.placeholder": "The source does not name somebody: {given}",
    "flaw.not-hearsay": "Called second-hand, but nobody stands between the speaker and the outlet.",
    "flaw.duplicate-id": "The id {given} is taken already.",
    "flaw.duplicate-number": "Number {given} belongs to {other}.",
    "flaw.selector-other-words": "The place on file belongs to other words.",
    "flaw.selector-position": "The place on file does not fit the words.",
    "flaw.selector-context": "What is kept beside the words is too long.",
    "flaw.check-without-place": "A comparison on file names no place.",
    "flaw.check-of-other-text": "A comparison on file is of another text.",
    "flaw.check-of-other-words": "A comparison on file is of other words.",
    "flaw.value-not-in-surface": "“{surface}” does not say {given}.",
    "flaw.hedge-outside": "“{given}” stands before “{surface}” and belongs to the number.",
    "flaw.bad-value": "“{given}” is no decimal number.",
    "flaw.surface-not-in-text": "“{given}” does not stand in the words.",
    "flaw.comparator": "“{surface}” does not say {given}.",
    "flaw.unit-differs": "The unit {given} is not that of the series, {series}.",
    "flaw.scope-differs": "The scope {given} is not that of the series, {series}.",
}
