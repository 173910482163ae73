import pytest

from workstation.ingest.names import after_by, names


@pytest.mark.parametrize(
    ("value", "people"),
    [
        ("By Mara Lind", "Mara Lind"),
        ("Von Mara Lind und Jon Berg", "Mara Lind, Jon Berg"),
        ("par Élise Aubry", "Élise Aubry"),
        ("Lind, Mara", "Mara Lind"),
        ("Mara Lind and Jon Berg, Harbour correspondent", "Mara Lind, Jon Berg"),
        ("Mara Lind, Staff Writer", "Mara Lind"),
        ("Mara Lind | mlind@harbourpost.example", "Mara Lind"),
        ("Mara Lind with agencies", "Mara Lind"),
        ("Автор: Мария Линд", "Мария Линд"),
        ("بقلم مارا ليند", "مارا ليند"),
        ("نویسنده: مارا لیند", "مارا لیند"),
        ("מאת מארה לינד", "מארה לינד"),
        ("记者：林玛拉", "林玛拉"),
        ("文／林瑪拉", "林瑪拉"),
        ("林健司記者", "林健司"),
        ("김마라 기자", "김마라"),
        ("โดย มารา ลินด์", "มารา ลินด์"),
        ("Γράφει η Μάρα Λιντ", "Μάρα Λιντ"),
        ("Mara Lind, professor of the law of the sea at the university, harbourpost.example", "Mara Lind"),
        ("Twitter Facebook", None),
        ("View my complete profile", None),
    ],
)
def test_a_byline_is_the_names_in_it_in_any_language(value, people):
    assert names([value]) == people


def test_words_that_were_printed_beside_a_name_do_not_become_a_second_person():
    assert names(["Mara Lind Publié le", "Mara Lind"]) == "Mara Lind"


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Written by Mara Lind in Harbours on 2 March 2026", "Mara Lind"),
        ("2 March 2026, 10:44 by Mara Lind", "Mara Lind"),
        ("Yazan: Mara Lind", "Mara Lind"),
        ("The ferry was built by hand", None),
        ("Standby for news", None),
    ],
)
def test_a_name_is_taken_from_behind_by_and_not_from_a_sentence(line, name):
    assert after_by(line) == name
