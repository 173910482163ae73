from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.store.inbox_query import condition_of
from workstation.store.search_text import phrase, searchable


def found(text: str, query: str) -> bool:
    connection = sqlite3.connect(":memory:")
    connection.execute(
        "CREATE VIRTUAL TABLE words USING fts5 (text, prefix = '1 2 3', tokenize = 'unicode61 remove_diacritics 2')"
    )
    connection.execute("INSERT INTO words VALUES (?)", (searchable(text),))
    match = condition_of(query).match
    assert match is not None
    hits = connection.execute("SELECT 1 FROM words WHERE words MATCH ?", (match,)).fetchall()
    connection.close()
    return bool(hits)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("两国签署国际河流条约", "条约"),
        ("两国签署国际河流条约", "约"),
        ("两国签署国际河流条约", "两"),
        ("两国签署国际河流条约", "国际河流"),
        ("G7峰会在港口举行。", "G7峰会"),
        ("G7峰会在港口举行。", "峰会在"),
        ("峰会G7举行", "峰会G7"),
        ("両国は河川条約に署名した", "条約に"),
        ("カタカナの見出し", "カナ"),
        ("人々は川へ", "人々"),
        ("강 조약에 서명했다", "조약"),
        ("وقّعت الدولتان مُعاهدةً جديدة", "معاهدة"),
        ("أكدت الحكومة", "اكدت"),
        ("ﺍﻟﻨﻬﺮ", "النهر"),
        ("قالت الحكومة", "حكومة"),
        ("بيان للحكومة", "الحكومة"),
        ("حكومة جديدة", "الحكومة"),
        ("والحكومة", "حكوم"),
        ("The treaty was signed", '"treaty"'),
        ("The treaties were signed", '"treat"*'),
        ("The treaties were signed", "treat*"),
        ("a lake", "river OR lake"),
        ("a lake OR", '"OR"'),
        ("The trea\u00adty was signed", "treaty"),
        ("Ｔｒｅａｔｙ", "treaty"),
        ("A café by the Øresund", "CAFE"),
        ("Ein großer Fluss", "groß"),
        ("It isn’t over", "isn’t"),
        ("The river's mouth", "river's mou"),
        ("the upper river treaty", '"river trea'),
        ("the upper river treaty", "“upper river”"),
        ("नदी संधि पर हस्ताक्षर", "संधि"),
        ("สนธิสัญญาแม่น้ำ", "สนธิสัญญา"),
        ("C++ and C#", "c++"),
        ("NEAR the harbour", "NEAR"),
        ("state: of play", "play"),
    ],
)
def test_a_text_is_found_by(text: str, query: str) -> None:
    assert found(text, query)


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("两国签署国际河流条约", "条河"),
        ("国际条款与约定", "条约"),
        ("the river upper treaty", '"upper river"'),
        ("treaty", "reaty"),
        ("قالت الحكومة", '"حكومة"'),
        ("على النهر", "شهر"),
        ("The treaties were signed", '"treat"'),
        ("the upper river treaty", '"river trea"'),
        ("the upper river", "river -upper"),
    ],
)
def test_a_text_is_not_found_by(text: str, query: str) -> None:
    assert not found(text, query)


def test_plain_latin_text_is_kept_once() -> None:
    text = "It isn’t over: “the river” — said Ms Müller… 50 % of it\nand more."
    assert searchable(text) == text


@pytest.mark.parametrize("words", ["", "\0", "…", "***", '"', "\ud800", "()"])
def test_words_without_letters_or_digits_are_dropped(words: str) -> None:
    assert phrase(words) is None


@given(st.text(alphabet=st.sampled_from("国际河流条约山水"), min_size=1, max_size=12), st.data())
def test_every_part_of_a_chinese_text_finds_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assert found(text, text[start:end])
