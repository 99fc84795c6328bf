"""The sentences of one language: templates with named places, and plurals by CLDR category."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Sentence = str | Mapping[str, str]  # a template, or CLDR plural category -> template
Sentences = Mapping[str, Sentence]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """One language. A value put into a template is never read as a template itself."""

    language: str  # BCP 47
    sentences: Sentences
    plural: Callable[[int], str]  # number -> CLDR category
    fallback: Sentences = field(default_factory=dict)

    def say(self, key: str, /, **values: object) -> str:
        """The sentence of this key.

        Raises KeyError for a key that no language has and for a place that was not given.
        """
        sentence = self._find(key)
        if not isinstance(sentence, str):
            raise TypeError(f"{key} has plural forms; use count")
        return sentence.format(**values)

    def count(self, key: str, number: int, /, **values: object) -> str:
        """The sentence of this key in the plural form that goes with the number, which is `{count}` in it."""
        sentence = self._find(key)
        if isinstance(sentence, str):
            raise TypeError(f"{key} has no plural forms; use say")
        return sentence[self.plural(number)].format(count=number, **values)

    def has(self, key: str) -> bool:
        """Whether there is a sentence of this key, here or in the fallback."""
        return key in self.sentences or key in self.fallback

    def command_name(self, command: str) -> str:
        """The name under which a platform offers a command: lower-case, at most 32 characters."""
        return self.say(f"command.{command}.name")

    def command_description(self, command: str) -> str:
        """One line about a command, at most 100 characters."""
        return self.say(f"command.{command}.description")

    def parameter_name(self, command: str, parameter: str) -> str:
        """The name of an option: lower-case, at most 32 characters."""
        return self.say(f"command.{command}.{parameter}.name")

    def parameter_description(self, command: str, parameter: str) -> str:
        """One line about an option, at most 100 characters."""
        return self.say(f"command.{command}.{parameter}.description")

    def _find(self, key: str) -> Sentence:
        found = self.sentences.get(key)
        return self.fallback[key] if found is None else found
