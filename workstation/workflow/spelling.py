"""Spelling: which words of a story no dictionary has, what they may have been meant to be, and which the editor knows better.

Every verb may take long (it reads files and asks another process): call it beside the
window's thread.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

from workstation.domain.spelled_words import Spelled, bare, is_in_script, names_in, plain, words_to_check
from workstation.domain.story import Story
from workstation.errors import NotFoundError
from workstation.store import Store
from workstation.workflow.dictionaries import SYSTEM_FOLDERS, Dictionary, find_dictionary, shipped_folder
from workstation.workflow.spelling_worker import SpellingError, SpellingWorker
from workstation.workflow.writing import Writing

SUGGESTIONS = 6
OWN_WORDS = "spelling/words"
IGNORED = "spelling/ignored/{number}"


class Spelling:
    """The verbs of the spelling. Languages are BCP 47 tags; stories are named by their number in the store."""

    def __init__(self, store: Store, writing: Writing, folders: Sequence[Path] | None = None) -> None:
        self._store = store
        self._writing = writing
        self._folders = list(folders) if folders is not None else _folders(store.path.parent)
        self._worker = SpellingWorker()
        self._lock = threading.Lock()
        self._dictionaries: dict[str, Dictionary] = {}
        self._broken: set[Dictionary] = set()
        self._verdicts: dict[Dictionary, dict[str, bool]] = {}
        self._names: dict[str, frozenset[str]] = {}

    @property
    def folder(self) -> Path:
        """Where the editor drops dictionaries."""
        return self._folders[0]

    def faults(self, number: int, language: str, texts: Sequence[str]) -> list[tuple[Spelled, ...]] | None:
        """For each text the words that are not known; None where no dictionary serves the language.

        Known are the words of the dictionary, the editor's own, those ignored in this story, and the capitalised words of
        its sources' names and archived texts.
        """
        dictionary = self._dictionary(language)
        if dictionary is None:
            return None
        found = [words_to_check(text) for text in texts]
        try:
            wrong = self._wrong(dictionary, {plain(word.word) for words in found for word in words})
        except SpellingError:
            self._broken.add(dictionary)
            return None
        wrong = {word for word in wrong if is_in_script(word, language)}
        if wrong:
            wrong -= self._known(number, wrong)
        return [tuple(word for word in words if plain(word.word) in wrong) for words in found]

    def suggestions(self, word: str, language: str) -> tuple[str, ...]:
        """What ``word`` may have been meant to be, at most six, the likeliest first, with the apostrophe that it has."""
        dictionary = self._dictionary(language)
        if dictionary is None:
            return ()
        try:
            found = self._suggested(dictionary, plain(word))
        except SpellingError:
            return ()
        straight = "'" in word
        made = [entry if straight else entry.replace("'", "’") for entry in sorted(found, key=_is_torn)]
        return tuple(dict.fromkeys(entry for entry in made if entry != word))[:SUGGESTIONS]

    def _suggested(self, dictionary: Dictionary, word: str) -> list[str]:
        """What the library suggests; for a word at the beginning of a sentence as well what it does inside one."""
        small = word[:1].lower() + word[1:]
        inside = [] if small == word or word.isupper() else self._worker.suggestions(dictionary, small)
        return [entry[:1].upper() + entry[1:] for entry in inside[:SUGGESTIONS]] + self._worker.suggestions(dictionary, word)

    def add(self, word: str) -> None:
        """Know ``word`` from now on, in every story."""
        self._keep(OWN_WORDS, word)

    def ignore(self, number: int, word: str) -> None:
        """Do not mark ``word`` in this story any more."""
        self._keep(IGNORED.format(number=number), word)

    def close(self) -> None:
        """End the library's process."""
        self._worker.close()

    # --- what is known ---------------------------------------------------------------------------------------------

    def _dictionary(self, language: str) -> Dictionary | None:
        """The dictionary that serves a language. One that is missing is looked for each time: it may be dropped in meanwhile."""
        chosen = self._dictionaries.get(language) or find_dictionary(language, self._folders)
        if chosen is None or chosen in self._broken:
            return None
        self._dictionaries[language] = chosen
        return chosen

    def _wrong(self, dictionary: Dictionary, words: set[str]) -> set[str]:
        with self._lock:
            verdicts = self._verdicts.setdefault(dictionary, {})
            new = sorted(words - verdicts.keys())
            if new:
                wrong = self._worker.wrong(dictionary, new)
                verdicts.update((word, word not in wrong) for word in new)
            return {word for word in words if not verdicts[word]}

    def _known(self, number: int, words: set[str]) -> set[str]:
        """Those of ``words`` that the editor or the sources know."""
        kept = self._kept(OWN_WORDS) | self._kept(IGNORED.format(number=number))
        names = self._names_of(number)
        return {word for word in words if _forms(word) & kept or {word, bare(word)} & names}

    def _names_of(self, number: int) -> frozenset[str]:
        try:
            story = self._writing.story(number)
        except NotFoundError:
            return frozenset()
        return frozenset().union(_names_of_sources(story), *(self._names_of_item(item) for item in _items(story)))

    def _names_of_item(self, item: str) -> frozenset[str]:
        """Of an archived text, which never changes."""
        if item not in self._names:
            try:
                read = self._store.items.get(item)
            except NotFoundError:
                return frozenset()
            self._names[item] = names_in(f"{read.title}\n{read.author or ''}\n{read.outlet}\n{read.text}")
        return self._names[item]

    def _kept(self, key: str) -> set[str]:
        return set((self._store.notes.get(key) or "").split("\n")) - {""}

    def _keep(self, key: str, word: str) -> None:
        with self._lock:
            words = self._kept(key) | {plain(word)}
            self._store.notes.set(key, "\n".join(sorted(words)))


def _folders(desk: Path) -> list[Path]:
    """Where dictionaries are looked for: beside the desk, then the system's, then the one that comes with the library."""
    shipped = shipped_folder()
    return [desk / "dictionaries", *SYSTEM_FOLDERS, *([shipped] if shipped else [])]


def _forms(word: str) -> set[str]:
    """The forms under which a word that was added also covers this one: a capital at its beginning, and what belongs to it."""
    return {form for base in (word, bare(word)) for form in (base, base[:1].lower() + base[1:])}


def _is_torn(suggestion: str) -> bool:
    """Whether a suggestion tears the word into pieces of one letter, which is hardly ever meant."""
    return any(len(part) == 1 for part in suggestion.split())


def _names_of_sources(story: Story) -> frozenset[str]:
    sources = [source for card in (*story.signals, *story.parked) for source in card.sources]
    return names_in(" ".join(name for source in sources for name in (source.name, source.of) if name))


def _items(story: Story) -> list[str]:
    sources = [source for card in (*story.signals, *story.parked) for source in card.sources]
    return list(dict.fromkeys(source.item for source in sources if source.item))
