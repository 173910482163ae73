"""The spelling library in a process of its own.

Its suggestions take up to a second during which no other thread of Python runs, and a dictionary that someone dropped into a
folder is read by a C++ library that may crash over it: neither may touch the window. Lines of JSON go both ways.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from workstation.errors import WorkstationError
from workstation.workflow.dictionaries import Dictionary
from workstation.workflow.line_process import LineProcess

TIMEOUT = 20.0
"""Seconds after which the process is killed: the largest dictionaries load in two or three."""


class SpellingError(WorkstationError):
    """The spelling library gave no answer."""


class SpellingWorker:
    """Asks the library in the other process, from any thread."""

    def __init__(self, timeout: float = TIMEOUT) -> None:
        self._process = LineProcess(__name__, timeout)

    def wrong(self, dictionary: Dictionary, words: Sequence[str]) -> set[str]:
        """Those of ``words`` that the dictionary does not have.

        Raises:
            SpellingError: the library could not read the dictionary, or the program is closing.
        """
        return set(self._ask(dictionary, {"words": list(words)}))

    def suggestions(self, dictionary: Dictionary, word: str) -> list[str]:
        """What ``word`` may have been meant to be, the likeliest first.

        Raises:
            SpellingError: see :meth:`wrong`.
        """
        return self._ask(dictionary, {"suggest": word})

    def close(self) -> None:
        """Kill the process; later calls are refused."""
        self._process.close()

    def _ask(self, dictionary: Dictionary, question: Mapping[str, Any]) -> list[str]:
        known = {"folder": str(dictionary.folder), "name": dictionary.name, "american": dictionary.is_american}
        answer = self._process.ask({**known, **question})
        if self._process.is_closed:
            raise SpellingError("The spelling is not checked", "The program is closing.")
        if not isinstance(answer, list):
            raise SpellingError("The spelling is not checked", f"The dictionary {dictionary.name} could not be used.")
        return [str(word) for word in answer]


# --- in the other process ------------------------------------------------------------------------------------------


class _Library:
    """One opened dictionary of the library."""

    def __init__(self, folder: str, name: str) -> None:
        from hunspell import Hunspell  # noqa: PLC0415 - only the other process may load it

        self._library = Hunspell(name, hunspell_data_dir=folder, system_encoding="utf-8")

    def is_right(self, word: str, american: bool) -> bool:
        """Whether the word stands in the dictionary, or its parts around apostrophes do; what it cannot write it cannot judge."""
        try:
            if self._library.spell(word) or self._library.spell(f"'{word}"):
                return True
            parts = word.split("'")
            if len(parts) > 1 and all(len(part) < 2 or self._library.spell(part) for part in parts):
                return True
            return american and any(self._library.spell(other) for other in american_spellings(word))
        except UnicodeEncodeError:
            return True

    def suggest(self, word: str) -> list[str]:
        """The library's suggestions; none for what it cannot write."""
        try:
            return list(self._library.suggest(word))
        except UnicodeEncodeError:
            return []


_BRITISH_ENDINGS = (
    (r"our(?=s$|ed$|ing$|able$|less$|hood$|ites?$|ful$|fully$|ers?$|$)", "or"),
    (r"is(?=e$|es$|ed$|ing$|ation$|ations$|ational$|er$|ers$)", "iz"),
    (r"ys(?=e$|es$|ed$|ing$|er$|ers$)", "yz"),
    (r"re(?=$|s$)", "er"),
    (r"ll(?=ed$|ing$|er$|ers$|ery$|ist$|ors?$)", "l"),
    (r"ogue(?=$|s$)", "og"),
    (r"ence(?=$|s$)", "ense"),
    (r"ae|oe", "e"),
    (r"mme(?=$|s$)", "m"),
    (r"eque(?=$|s$)", "eck"),
    (r"grey", "gray"),
    (r"tyre", "tire"),
    (r"kerb", "curb"),
    (r"plough", "plow"),
    (r"ageing", "aging"),
    (r"storey", "story"),
    (r"fil(?=$|s$|ment)", "fill"),
    (r"ilful", "illful"),
    (r"rol(?=$|s$|ment)", "roll"),
    (r"alment", "allment"),
    (r"wards$", "ward"),
    (r"learnt$", "learned"),
    (r"practis(?=e$|es$|ed$|ing$)", "practic"),
)


def american_spellings(word: str) -> Iterator[str]:
    """How an American dictionary may have a word that is spelled as in Britain."""
    for pattern, american in _BRITISH_ENDINGS:
        other = re.sub(pattern, american, word)
        if other != word:
            yield other


def _answered(libraries: dict[tuple[str, str], _Library], question: Mapping[str, Any]) -> list[str]:
    key = (str(question["folder"]), str(question["name"]))
    if key not in libraries:
        libraries[key] = _Library(*key)
    library = libraries[key]
    if "suggest" in question:
        return library.suggest(question["suggest"])
    return [word for word in question["words"] if not library.is_right(word, bool(question["american"]))]


def _main() -> None:
    answers = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)  # what the library prints is no answer
    libraries: dict[tuple[str, str], _Library] = {}
    for line in sys.stdin.buffer:
        try:
            answer: object = _answered(libraries, json.loads(line))
        except Exception as error:  # told to the program, which says that the dictionary cannot be used
            answer = {"error": str(error)}
        answers.write(json.dumps(answer) + "\n")
        answers.flush()


if __name__ == "__main__":
    _main()
