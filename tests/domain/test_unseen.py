import pytest

from workstation.domain.clean_text import without_unseen
from workstation.domain.unseen import without_tricks


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("A \u202egnp.kcol\u202c opens", "A gnp.kcol opens"),
        ("Har\u200bbour \u2060opens\ufeff", "Harbour opens"),
        ("Ga\u200dzette \u200c of V\u200cell", "Gazette  of Vell"),
        ("A \u2067left open", "A left open"),
        ("closed\u2069 twice\u202c", "closed twice"),
        ("crossed \u202a\u2067x\u202c\u2069", "crossed \u2067x\u2069"),
        ("blank \u3164 fillers\u115f\u1160\uffa0", "blank  fillers"),
        ("hidden \U000e0041\U000e0042 tags", "hidden  tags"),
        ("\u200dat the edge\u200d", "at the edge"),
    ],
)
def test_what_nobody_sees_and_no_script_needs_goes(line, kept):
    assert without_tricks(line) == kept
    assert without_unseen(line) == kept


@pytest.mark.parametrize(
    "line",
    [
        "می\u200cخواهم نامه\u200cها",
        "क\u094d\u200dष और र\u094d\u200cय",
        "A family 👨\u200d👩\u200d👧 and a flag 🏳\ufe0f\u200d🌈",
        "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f wins",
        "\u2067شرق الميناء\u2069 (harbour)",
        "\u2068mixed \u2066line\u2069\u2069",
        "\u202bالميناء\u202c",
        "right\u200f to left\u200e",
        "café № 5 – “quoted”",
    ],
)
def test_what_a_script_or_an_emoji_needs_stays(line):
    assert without_tricks(line) == line
