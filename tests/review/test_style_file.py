"""Files of house style: read, refused with the cause and the mend, and what a rule's keys do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from workstation.domain.house_style import HouseStyle
from workstation.domain.problem import Severity
from workstation.errors import InputError
from workstation.review.styles.house_style import given_up, mended_text, slips_in
from workstation.review.styles.style_file import read_style


def rule(**keys: str) -> bytes:
    lines = {"id": '"a-rule"', "message": '"Write “{new}”."', **keys}
    return ("[[rule]]\n" + "\n".join(f"{key} = {value}" for key, value in lines.items())).encode()


def style(*tomls: bytes, off: tuple[str, ...] = ()) -> HouseStyle:
    sheets = tuple(read_style(toml, f"sheet-{number}") for number, toml in enumerate(tomls))
    return HouseStyle("test", "Test", sheets, frozenset(off))


def mended(text: str, *tomls: bytes) -> str:
    return mended_text(text, slips_in(text, style(*tomls)))


@pytest.mark.parametrize(
    ("keys", "text", "expected"),
    [
        ({"words": '["prior to"]', "suggestion": '"before"'}, "Prior to it, prior to this", "Before it, before this"),
        ({"swap": '{ whilst = "while" }'}, "Whilst it rained", "While it rained"),
        ({"stems": '["col", "hon"]', "ends": '{ our = "or", oured = "ored" }'}, "colour, honoured", "color, honored"),
        ({"words": '["indeed"]', "suggestion": '""'}, "Indeed the dam broke indeed.", "The dam broke."),
        ({"words": '["indeed"]', "suggestion": '""'}, "It was indeed a dam", "It was a dam"),
        ({"pattern": r"'''\b(\d+) %'''", "suggestion": r"'\1%'"}, "4 % and 12 %", "4% and 12%"),
        ({"pattern": r"'''\b([23]) dams'''", "suggestion": r"'\1 dams'", "turn": '{ 2 = "two" }'}, "2 dams", "two dams"),
        ({"words": '["it\'s own"]', "suggestion": '"its own"'}, "it’s own and it's\u00a0own", "its own and its own"),
        ({"words": '["grey"]', "suggestion": '"gray"'}, "Earl Grey is grey; GREY Street", "Earl Grey is gray; GREY Street"),
        ({"words": '["grey"]', "suggestion": '"gray"'}, "Grey Street is long. Grey skies", "Grey Street is long. Gray skies"),
        ({"words": '["grey"]', "suggestion": '"gray"', "names": "true"}, "Earl Grey", "Earl Gray"),
        ({"words": '["Kiev"]', "suggestion": '"Kyiv"'}, "In Kiev, not kiev", "In Kyiv, not kiev"),
        ({"words": '["colour"]', "suggestion": '"color"'}, "www.colour.example and @colour #colour colours", None),
        ({"words": '["col"]', "suggestion": '"x"'}, "İİ col", "İİ x"),
    ],
)
def test_a_rule_mends_what_it_finds_and_nothing_else(keys: dict[str, str], text: str, expected: str | None) -> None:
    assert mended(text, rule(**keys)) == (text if expected is None else expected)


def test_of_two_phrases_that_begin_together_the_longer_one_counts() -> None:
    toml = rule(swap='{ "car" = "auto", "car park" = "lot" }')
    assert mended("a car in a car park", toml) == "a auto in a lot"


def test_a_later_sheet_takes_the_place_of_an_earlier_rule_with_its_id() -> None:
    assert mended("grey", rule(swap='{ grey = "gray" }'), rule(swap='{ grey = "dun" }')) == "dun"


def test_a_rule_that_is_off_says_nothing() -> None:
    assert slips_in("grey", style(rule(swap='{ grey = "gray" }'), off=("a-rule",))) == ()


def test_a_rule_is_for_its_languages() -> None:
    toml = rule(swap='{ grau = "Grau" }', languages='["de"]')
    assert slips_in("grau", style(toml), "en") == ()
    assert slips_in("grau", style(toml), "de-AT")


def test_severity_and_category_are_read() -> None:
    read = read_style(rule(swap='{ a = "b" }', severity='"blocker"', category='"capitals"'), "own").rules[0]
    assert (read.severity, read.category) == (Severity.BLOCKER, "capitals")


def test_a_sheet_stands_on_the_common_one_unless_it_says_something_else() -> None:
    assert read_style(b"", "own").based_on == "common"
    assert read_style(b'based_on = ""', "own").based_on is None
    assert read_style(b"", "common").based_on is None


@pytest.mark.parametrize(
    ("toml", "told"),
    [
        (b"\xff", "not UTF-8"),
        (b"[[rule", "not valid TOML"),
        (b"rule = 3", "[[rule]]"),
        (rule(id='"A b"', words='["x"]'), "“id” must be"),
        (rule(words='["x"]', sugestion='"y"'), "“sugestion” is no key"),
        (rule(words="3"), "“words” must be a list"),
        (rule(words='["-x"]'), "must begin with a letter"),
        (rule(swap='["x"]'), "“swap” must be a table"),
        (rule(), "it needs either"),
        (rule(words='["x"]', pattern='"x"'), "it needs either"),
        (rule(pattern='"(x"'), "“pattern” is broken"),
        (rule(pattern='"x*"'), "matches where nothing stands"),
        (rule(pattern='"x"', suggestion=r"'\2'"), "names group"),
        (rule(pattern=r"'''(a+)+$'''"), "takes too long"),
        (rule(pattern=r"'''(?:a|aa)+$'''"), "takes too long"),
        (rule(words='["x"]', severity='"loud"'), "“severity” must be one of"),
        (rule(words='["x"]', where='["foot"]'), "“where” must name"),
        (rule(words='["x"]', case="1"), "“case” must be true or false"),
        (rule(words='["x"]', wrong="[3]"), "“wrong” must be"),
        (rule(words='["x"]') + b"\n" + rule(words='["y"]'), "Two rules"),
        (b'[[rule]]\nid = "x"\nwords = ["x"]', "“message” is missing"),
    ],
)
def test_a_broken_file_is_refused_with_the_rule_and_the_cause(toml: bytes, told: str) -> None:
    with pytest.raises(InputError) as caught:
        read_style(toml, "own")
    assert told in caught.value.detail


def test_a_fault_names_its_rule() -> None:
    with pytest.raises(InputError, match="“second”"):
        read_style(rule(words='["x"]') + b"\n" + rule(id='"second"'), "own")


def test_a_pattern_that_is_too_slow_for_a_text_is_given_up_and_tried_no_more() -> None:
    toml = rule(pattern=r"'''(?:x+)+y|dam'''", suggestion='"dike"')
    sheet = read_style(toml, "own", tried=True)
    slow = HouseStyle("slow", "Slow", (sheet,))
    for number in range(5):
        slips_in(f"{'x' * 5000} {number}", slow)
    assert slips_in("a dam", slow) == ()
    assert list(given_up(slow)) == list(sheet.rules)
    assert not list(given_up(replace(slow, off=frozenset({sheet.rules[0].id}))))
