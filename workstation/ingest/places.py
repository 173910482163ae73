"""The country that a page comes from, and its domain's name."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

from workstation.domain.shown_host import shown_host

# ISO 3166-1, the officially assigned codes.
_ISO_3166 = """
AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ
CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO
FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE
JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO
MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW
PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM
TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
"""
_COUNTRIES = frozenset(_ISO_3166.split())
# Country domains that the whole world rents for their letters.
_RENTED_ENDINGS = """
ag ai am as cc cd co fm gg io is la ly me ms nu sc sh so st tk to tv vc ws
"""
_RENTED = frozenset(_RENTED_ENDINGS.split())
_REGION = re.compile(r"^[A-Za-z]{2,3}(?:[-_][A-Za-z]{4})?[-_]([A-Za-z]{2})\b")


@lru_cache(maxsize=4096)
def domain_of(url: str | None) -> str | None:
    """The host of a web address without "www.", lower case; None where there is none."""
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return shown_host(host.removeprefix("www.")) if host else None


def web_address(value: str | None) -> str | None:
    """``value`` when it is an absolute http or https address without spaces or a user name in it, else None."""
    text = (value or "").strip()
    try:
        parts = urlsplit(text)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.username is None
    except ValueError:
        return None
    return text if usable and not re.search(r"[\s\x00-\x1f<>\"]", text) and len(text) <= 2048 else None


def country_code(value: str | None) -> str | None:
    """``value`` as an ISO 3166 code: "de", "DE", "US-NY"; None for anything else."""
    code = (value or "").strip().upper().replace("_", "-").partition("-")[0]
    code = "GB" if code == "UK" else code
    return code if code in _COUNTRIES else None


def country_of_domain(domain: str | None) -> str | None:
    """The country whose top-level domain ``domain`` ends in, unless that ending is rented to the world."""
    ending = (domain or "").rpartition(".")[2]
    return None if ending in _RENTED or len(ending) != 2 else country_code(ending)


def country_of_language(tag: str | None) -> str | None:
    """The region in a language tag: "de-AT", "pt_BR", "zh-Hant-TW"."""
    found = _REGION.match(tag or "")
    return country_code(found.group(1)) if found else None
