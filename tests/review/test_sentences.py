"""The sentences of a text: cut at their ends and nowhere else."""

from __future__ import annotations

import pytest

from workstation.review.sentences import sentences_in


def cut(text: str, language: str = "en") -> list[str]:
    return [sentence.printed(text) for sentence in sentences_in(text, language)]


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        ("en", ["“It rains.”", "He left.", "“Come,” she said.", "“Go.”"]),
        ("en", ["He told the paper: “It is over. We lost. We go home.”", "Then he left."]),
        ("en", ["“Why now?” he asked.", "Yahoo! said so.", "He said: “It rains.” and left."]),
        ("en", ["Mr. Brook met Dr. Vale in the U.S. on Monday.", "The U.S. Senate voted.", "He lives in the U.K.", "She left."]),
        ("en", ["It is No. 4 on the list.", "No.", "He said it at 5 p.m. on Jan. 3, in Washington, D.C., too."]),
        ("en", ["Gen. Ada Brook, J. K. Vale and Lt. Col. Orr met, e.g. The Guard.", "It cost $1.5 million."]),
        ("en", ["Prices rose… and fell.", "“… and so on,” he said."]),
        ("en", ["1. The dam is full.", "It leaks."]),
        (
            "de",
            [
                "Der Damm ist z. B. voll.",
                "„Er bricht nicht.“",
                "Am Montag, 24. November, tagt Dr. Vogt.",
                "Es war der 3. Versuch.",
            ],
        ),
        ("fr", ["« Il pleut. »", "M. Dupont et Mme. Roux ont dit : « Non ! » puis sont partis.", "MM. Brun et Noir aussi."]),
        ("es", ["La presa está llena.", "Dijo el Sr. López: «No.»", "¿Y ahora?", "¡Nada!"]),
        ("pt-BR", ["O Sr. Lima disse: “Não.”", "A Sra. Lima saiu."]),
        ("tr", ["Dr. Kaya geldi.", "3. gün bitti.", "“Hayır.” dedi."]),
        (
            "ru",
            [
                "Плотина полна.",
                "«Мы не боимся.» — сказал он.",
                "В 2019 г. она текла, т. е. почти.",
                "«Нет!» — сказал А. С. Орлов.",
            ],
        ),
        ("zh", ["大坝已满。", "“我们不怕。”", "他说：“不怕。我们不走。”", "价格涨了3.5%。"]),
        ("ja", ["彼は「本当か？」と聞いた。", "「はい。」", "彼女は言った。"]),
        ("ko", ["비가 온다.", "그는 “정말?”이라고 물었다."]),
        ("ar", ["قال الوزير إن السد ممتلئ.", "وأضاف: «لن ينهار.»", "هل ينهار؟", "وقال د. سالم إنه بخير."]),
        ("hi", ["बाँध भर गया है।", "“हम नहीं डरते।”", "डॉ. वर्मा आए।", "क्यों?"]),
        ("ur", ["بند بھر گیا ہے۔", "“ہم نہیں ڈرتے۔”", "کیا وہ ٹوٹے گا؟"]),
        ("fa", ["او گفت: «نمی‌ریزد.»", "پایان."]),
        ("xx", ["It rains.", "He left."]),
    ],
)
def test_a_text_is_cut_at_the_ends_of_its_sentences(language: str, sentences: list[str]) -> None:
    between = "" if language in ("zh", "ja") else " "
    assert cut(between.join(sentences), language) == sentences


def test_a_sentence_never_leaves_its_line_and_its_offsets_count_code_points() -> None:
    text = "🌧️ It rains\n\n  and pours. So.  "
    assert cut(text) == ["🌧️ It rains", "and pours.", "So."]
    assert [(sentence.start, sentence.end) for sentence in sentences_in(text)] == [(0, 11), (15, 25), (26, 29)]


def test_an_empty_text_has_no_sentence() -> None:
    assert cut("") == cut(" \n ") == []
