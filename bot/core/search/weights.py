"""What each feature of a candidate is worth in a question. `python -m evaluation.fitting` fits and prints them.

A feature lies between 0 and 1. The numbers are kept round: what the labelled questions cannot tell apart is not
written as if they could.
"""

from __future__ import annotations

from bot.core.model.fact import Kind

QUESTION = {
    "coverage": 4.0,  # share of the query that the fact explains, rare parts counting more
    "words": 1.5,  # bm25 of the parts, saturated
    "literal": 0.6,  # share whose very words stand in the fact, spellings of names aside
    "sure": 1.3,  # share explained by a word or a whole name, not by a part of a topic's name or a unit
    "kind": 1.2,  # how near the words are to the speaker's mouth
    "number": 1.0,  # a number of the query is one of the fact's quantities
    "mismatch": -2.0,  # the fact has quantities, but none of the query's numbers
    "speaker": 0.3,  # somebody named in the query is the speaker
    "amount": 1.0,  # the query asks how much, and the fact has a quantity
    "newest": 1.2,  # the newest of several statements of a claim series
    "superseded": -1.8,  # a newer statement of the same series is among the candidates
    "earlier": -0.5,  # the same speaker said something newer about the same topics
}
KINDS = {Kind.DIRECT: 1.0, Kind.MIXED: 0.8, Kind.INDIRECT: 0.6, Kind.OUTLET: 0.3, Kind.CAPTION: 0.0}
APART = 0.15  # a lead in score that is large enough to answer without asking back

# What makes the first candidate of a question sure: a logistic of these, fitted by `python -m evaluation.fitting`.
QUESTION_SURE = {
    "always": -5.0,
    "answers": 8.5,  # it explains every part and speaks of the same giver and taker
    "coverage": 1.1,  # share of the query that it explains
    "hint": -1.7,  # share that it explains by a hint alone
}

# What counts where a message is held against a fact, and what makes the first candidate sure: a logistic of these.
# `python -m evaluation.messages FOLDER` measures them and fits the second row by cross-validation.
MESSAGE = {
    "bm25": 1.0,  # of the shared words, saturated
    "coverage": 0.5,  # share of the message that the fact explains, rare words counting more
}
MESSAGE_SURE = {
    "always": -4.6,
    "bm25": 0.8,
    "both": 1.0,  # logarithm of bm25 times coverage
    "margin": 1.9,  # how far the second candidate's bm25 is behind
    "crowd": 5.0,  # how far the mean of the next ten is behind
}
