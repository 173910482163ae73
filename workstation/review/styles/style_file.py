"""A sheet of house style from its TOML file. What is wrong is told with the rule, the cause and the mend."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

import regex

from workstation.domain.house_style import TEXTS, Example, StyleRule, StyleSheet
from workstation.domain.problem import Severity
from workstation.errors import InputError

T = TypeVar("T")
Table = Mapping[str, Any]

COMMON = "common"
"""The sheet that every other one stands on unless it says something else."""

_TITLE = "The house style cannot be read"
_TRIAL_SECONDS = 0.25
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_KEYS = frozenset(
    {"id", "message", "category", "severity", "where", "languages", "names", "case", "wrong", "right"}
    | {"words", "swap", "stems", "ends", "pattern", "suggestion", "turn", "contains"}
)


def read_style(toml: bytes, name: str, *, tried: bool = False) -> StyleSheet:
    """The sheet in a TOML file called ``name``, with ``title``, ``based_on`` and its ``[[rule]]`` tables.

    ``tried`` says that its patterns are known to be quick, so that they need no trial.

    Raises:
        InputError: it is not TOML in UTF-8, a key is unknown or has the wrong form, or a pattern is broken or too slow.
    """
    table = _parsed(toml)
    rules = table.get("rule", [])
    if not isinstance(rules, list) or not all(isinstance(rule, dict) for rule in rules):
        raise InputError(_TITLE, "Its rules must be tables, each begun by [[rule]].")
    read = tuple(_rule(rule, number) for number, rule in enumerate(rules, start=1))
    if not tried:
        _try_out(read)
    _check_ids(read)
    based_on = _text(table, "based_on", COMMON)
    return StyleSheet(name, _text(table, "title", name), read, based_on or None if name != COMMON else None)


def _parsed(toml: bytes) -> Table:
    try:
        return tomllib.loads(toml.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InputError(_TITLE, "It is not UTF-8 text; save it as UTF-8.") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise InputError(_TITLE, f"It is not valid TOML: {error}. A pattern is best written between '''…'''.") from error


def _check_ids(rules: Iterable[StyleRule]) -> None:
    seen: set[str] = set()
    for rule in rules:
        if rule.id in seen:
            raise InputError(_TITLE, f"Two rules are called “{rule.id}”; each needs an id of its own.")
        seen.add(rule.id)


def _rule(table: Table, number: int) -> StyleRule:
    key = table.get("id")
    try:
        return _read_rule(table)
    except ValueError as error:
        named = f"rule {number}" + (f" (“{key}”)" if isinstance(key, str) else "")
        raise InputError(_TITLE, f"{named}: {error}.") from error


def _try_out(rules: Iterable[StyleRule]) -> None:
    """Refuse a pattern that is broken, that matches nothing, or that some texts keep busy for ever."""
    for rule in rules:
        try:
            if rule.pattern:
                _check_pattern(rule)
        except ValueError as error:
            raise InputError(_TITLE, f"rule “{rule.id}”: {error}.") from error


def _read_rule(table: Table) -> StyleRule:
    unknown = sorted(set(table) - _KEYS)
    if unknown:
        raise ValueError(f"“{unknown[0]}” is no key of a rule; there are {', '.join(sorted(_KEYS))}")
    key = _text(table, "id")
    if not _ID.fullmatch(key):
        raise ValueError(f"“id” must be small letters, digits and hyphens, like “per-cent”, not {key!r}")
    rule = StyleRule(
        id=key,
        message=_text(table, "message"),
        category=_text(table, "category", "other"),
        severity=_one_of(table, "severity", tuple(Severity), Severity.WARNING),
        phrases=_phrases(table),
        pattern=_text(table, "pattern", ""),
        suggestion=_text(table, "suggestion") if "suggestion" in table else None,
        turn=tuple(_mapping(table, "turn").items()),
        contains=_texts(table, "contains"),
        case=_flag(table, "case", False),
        names=_flag(table, "names", "pattern" in table),
        where=frozenset(_places(table)),
        languages=frozenset(_texts(table, "languages") or ("en",)),
        wrong=tuple(map(_example, table.get("wrong", ()))),
        right=_texts(table, "right"),
    )
    _check_what_it_finds(rule)
    return rule


def _phrases(table: Table) -> tuple[tuple[str, str | None], ...]:
    """The phrases of ``words``, of ``swap``, and of every stem with every ending."""
    suggestion = table.get("suggestion")
    swap, ends = _mapping(table, "swap"), _mapping(table, "ends")
    pairs: list[tuple[str, str | None]] = [(words, suggestion) for words in _texts(table, "words")]
    pairs += swap.items()
    pairs += [(stem + old, stem + new) for stem in _texts(table, "stems") for old, new in ends.items()]
    for words, _ in pairs:
        if not words[:1].isalnum():
            raise ValueError(f"{words!r} must begin with a letter or a digit; use “pattern” for anything else")
    return tuple(pairs)


def _check_what_it_finds(rule: StyleRule) -> None:
    if bool(rule.phrases) == bool(rule.pattern):
        raise ValueError("it needs either “pattern” or some of “words”, “swap”, “stems” with “ends”")


def _check_pattern(rule: StyleRule) -> None:
    try:
        compiled = regex.compile(rule.pattern, regex.MULTILINE)
    except (regex.error, OverflowError, RecursionError, ValueError, IndexError) as error:
        raise ValueError(f"“pattern” is broken: {error}. Try it out in the find bar of the window") from error
    groups = [int(number) for number in re.findall(r"\\(\d)", rule.suggestion or "")]
    if max(groups, default=0) > compiled.groups:
        raise ValueError(f"“suggestion” names group \\{max(groups)}, and “pattern” has {compiled.groups}")
    if compiled.search(""):
        raise ValueError("“pattern” matches where nothing stands; let it ask for at least one character")
    try:
        for text in _hard_texts(rule):
            for _ in compiled.finditer(text, timeout=_TRIAL_SECONDS):
                pass
    except TimeoutError as error:
        raise ValueError("“pattern” takes too long: repeated parts inside of repeated parts do that, like (a+)+") from error


def _hard_texts(rule: StyleRule) -> Iterable[str]:
    """Long, monotonous texts that a pattern with too many ways to match is lost in."""
    own = [example.text.lower() for example in rule.wrong][:2]
    for part in ("a", "a ", " ", "1", "a-", "a1.", *own):
        yield part * (2000 // len(part) + 1) + "!"


# --- values --------------------------------------------------------------------------------------------------------


def _text(table: Table, key: str, default: str | None = None) -> str:
    value = table.get(key, default)
    if value is None:
        raise ValueError(f"“{key}” is missing")
    if not isinstance(value, str):
        raise ValueError(f"“{key}” must be text between quotation marks, not {value!r}")
    return value


def _texts(table: Table, key: str) -> tuple[str, ...]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(entry, str) and entry for entry in value):
        raise ValueError(f'“{key}” must be a list of texts, like ["whilst", "amongst"]')
    return tuple(value)


def _mapping(table: Table, key: str) -> Mapping[str, str]:
    value = table.get(key, {})
    if not isinstance(value, dict) or not all(isinstance(entry, str) for entry in value.values()):
        raise ValueError(f'“{key}” must be a table of texts, like {{ whilst = "while" }}')
    return value


def _flag(table: Table, key: str, default: bool) -> bool:
    value = table.get(key, default)
    if not isinstance(value, bool):
        raise ValueError(f"“{key}” must be true or false")
    return value


def _one_of(table: Table, key: str, values: tuple[T, ...], default: T) -> T:
    value = table.get(key, default)
    if value not in values:
        raise ValueError(f"“{key}” must be one of {', '.join(map(str, values))}")
    return values[values.index(value)]


def _places(table: Table) -> tuple[str, ...]:
    places = _texts(table, "where") or TEXTS
    unknown = [place for place in places if place not in TEXTS]
    if unknown:
        raise ValueError(f"“where” must name some of {', '.join(TEXTS)}, not {unknown[0]!r}")
    return places


def _example(value: object) -> Example:
    if isinstance(value, str):
        return Example(value)
    if isinstance(value, list) and len(value) == 2 and all(isinstance(text, str) for text in value):
        return Example(*value)
    raise ValueError('“wrong” must be a list of texts, or of pairs like ["It were two.", "They were two."]')
