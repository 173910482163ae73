import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.ingest.decoding import decode

FRENCH = "<p>L’été, la forêt de Vell brûle : « c’est fini », dit Anaïs.</p>"
RUSSIAN = "<p>Первый паром вышел из старой гавани на рассвете в понедельник. Капитан сказал, что рейсов станет больше.</p>"
GREEK = "<p>Το πρώτο πλοίο έφυγε από το παλιό λιμάνι τη Δευτέρα το πρωί με σαράντα επιβάτες.</p>"
CHINESE = "<p>第一班渡轮星期一黎明离开旧港，船上有四十名乘客。港务局长说，夏天以前会有第二艘船。</p>"
JAPANESE = "<p>最初のフェリーは月曜日の明け方に古い港を出た。乗客は四十人だった。</p>"
KOREAN = "<p>첫 여객선이 월요일 새벽 옛 항구를 떠났다. 승객은 마흔 명이었다.</p>"
TAIWANESE = "<p>第一班渡輪星期一黎明離開舊港，船上有四十名乘客。</p>"
ARABIC = "<p>غادرت العبارة الأولى الميناء القديم فجر يوم الاثنين وعلى متنها أربعون راكبا.</p>"
TURKISH = "<p>İlk feribot pazartesi şafakta eski limandan ayrıldı; kırk yolcu vardı, ağır ağır gitti.</p>"


@pytest.mark.parametrize(
    ("text", "encoding", "label"),
    [
        (FRENCH, "utf-8", "utf-8"), (FRENCH, "cp1252", "iso-8859-1"), (FRENCH, "cp1252", "latin1"),
        (FRENCH, "cp1252", "windows-1252"), (RUSSIAN, "cp1251", "windows-1251"), (RUSSIAN, "koi8-r", "KOI8-R"),
        (GREEK, "cp1253", "windows-1253"), (CHINESE, "gb18030", "gb2312"), (CHINESE, "gb18030", "GBK"),
        (JAPANESE, "cp932", "Shift_JIS"), (JAPANESE, "euc-jp", "euc-jp"), (JAPANESE, "iso2022-jp", "iso-2022-jp"),
        (KOREAN, "cp949", "euc-kr"), (TAIWANESE, "big5", "big5"), (ARABIC, "cp1256", "windows-1256"),
        (TURKISH, "cp1254", "iso-8859-9"),
    ],
)  # fmt: skip
def test_a_declared_encoding_is_read_wherever_it_is_declared(text, encoding, label):
    body = text.encode(encoding)
    assert decode(body, label).text == text
    assert decode(f"<meta charset={label}>".encode() + body).text.endswith(text)
    assert decode(f'<meta http-equiv="Content-Type" content="text/html; charset={label}">'.encode() + body).text.endswith(text)


@pytest.mark.parametrize("mark", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_counts_more_than_any_declaration(mark):
    assert decode(CHINESE.encode(mark), "windows-1252").text == CHINESE


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_wide_letters_without_a_mark_are_seen(encoding):
    assert decode(f"<html><body>{FRENCH}".encode(encoding)).text == f"<html><body>{FRENCH}"


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=80),
    st.sampled_from(["windows-1252", "gb2312", "shift_jis", "nonsense", None]),
)
def test_well_formed_utf8_is_never_mangled_by_a_wrong_declaration(text, declared):
    data = f"<p>{text}</p>".encode()
    assert decode(data, declared).text == f"<p>{text}</p>"


@pytest.mark.parametrize(
    ("text", "encoding"), [(RUSSIAN, "cp1251"), (GREEK, "cp1253"), (CHINESE, "gb18030"), (JAPANESE, "cp932"), (KOREAN, "cp949")]
)
def test_an_undeclared_or_wrongly_declared_encoding_is_guessed(text, encoding):
    data = (text * 5).encode(encoding)
    assert decode(data).text == text * 5
    assert decode(data, "utf-8").text == text * 5


def test_a_page_of_two_hands_keeps_the_letters_of_both():
    data = (FRENCH * 20).encode() + "<p>« déjà »</p>".encode("cp1252")
    assert decode(data, "utf-8").text == FRENCH * 20 + "<p>« déjà »</p>"


def test_a_page_torn_in_the_middle_of_a_letter_keeps_all_the_others():
    assert decode(CHINESE.encode()[:-5]).text == CHINESE[:-5]


def test_one_broken_byte_does_not_turn_a_declared_page_into_another_language():
    data = (CHINESE * 3).encode("gb18030") + b"\xff" + CHINESE.encode("gb18030")
    assert decode(data, "gb2312").text.replace("\ufffd", "") == CHINESE * 4


@given(st.binary(max_size=300), st.sampled_from([None, "utf-8", "big5", "rot13", "unicode_escape", "hex", "utf-7", "\x00"]))
def test_any_bytes_become_text(data, declared):
    assert isinstance(decode(data, declared).text, str)
