from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workstation.domain.clean_address import past_redirects, without_trackers
from workstation.domain.web_address import same_page

PAGE = "https://harbourpost.example/news/dam-talks-stall-72519"


@pytest.mark.parametrize(
    "tail",
    [
        "?utm_source=newsletter&utm_medium=email",
        "?fbclid=IwAR0abc",
        "?gclid=1&dclid=2",
        "?mc_cid=1a2b&mc_eid=3c4d",
        "?igshid=abc",
        "?ref_src=twsrc%5Etfw",
        "?ref=rss",
        "?UTM_Source=x",
        "?utm%5Fsource=x",
        "?srsltid=Af1",
        "#xtor=RSS-1",
        "#Echobox=1773000000",
        "#google_vignette",
        "?smid=tw-share",
    ],
)
def test_what_follows_readers_is_taken_off(tail: str) -> None:
    assert without_trackers(PAGE + tail) == PAGE


@pytest.mark.parametrize(
    "address",
    [
        PAGE,
        f"{PAGE}?id=7&page=2",
        f"{PAGE}?source=ministry",
        f"{PAGE}?t=90&s=20",
        f"{PAGE}#:~:text=the%20dam",
        f"{PAGE}#section-2",
        f"{PAGE}?q=a%20b&&c",
        "https://youtube.com/watch?v=abc&t=90",
        "mailto:desk@harbourpost.example?subject=utm_source=x",
        "https://[",
        "no address",
    ],
)
def test_what_names_a_page_stays_as_it_is_written(address: str) -> None:
    assert without_trackers(address) == address


@pytest.mark.parametrize(
    ("address", "clean"),
    [
        ("https://x.com/ada/status/1?s=20&t=abc", "https://x.com/ada/status/1"),
        ("https://youtu.be/abc?si=xyz&t=90", "https://youtu.be/abc?t=90"),
        ("https://www.youtube.com/watch?v=abc&feature=share", "https://www.youtube.com/watch?v=abc"),
    ],
)
def test_what_names_a_sharer_is_taken_off_on_its_own_site_only(address: str, clean: str) -> None:
    assert without_trackers(address) == clean


@given(st.lists(st.sampled_from(["id=7", "utm_term=a%26b", "q=%C3%A9", "fbclid=1", "ref=rss", "b", "a=b=c", "at_medium=x"])))
def test_a_clean_address_names_the_same_page_and_stays_clean(pairs: list[str]) -> None:
    address = f"{PAGE}?{'&'.join(pairs)}"
    clean = without_trackers(address)
    assert same_page(address, clean)
    assert without_trackers(clean) == clean


@pytest.mark.parametrize(
    "address",
    [
        f"https://www.google.com/url?q={PAGE}&sa=D",
        f"https://l.facebook.com/l.php?u={PAGE.replace(':', '%3A').replace('/', '%2F')}&h=AT0",
        f"https://eur01.safelinks.protection.outlook.com/?url={PAGE.replace(':', '%3A')}&data=05",
        f"https://urldefense.com/v3/__{PAGE}__;!!abc",
    ],
)
def test_an_address_that_only_passes_readers_on_leads_past_itself(address: str) -> None:
    assert past_redirects(address) == PAGE


def test_any_other_address_leads_to_itself() -> None:
    assert past_redirects(PAGE) == PAGE
