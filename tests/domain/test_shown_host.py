import pytest

from workstation.domain.shown_host import is_misleading, shown_address, shown_host


@pytest.mark.parametrize(
    ("host", "shown"),
    [
        ("аррӏе.com", "xn--80ak6aa92e.com"),
        ("pаypal.com", "xn--pypal-4ve.com"),
        ("νυκτα.com", "xn--mxari3ad.com"),
        ("www.gаzette.example", "www.xn--gzette-3nf.example"),
        ("gazette.example", "gazette.example"),
        ("münchen.example", "münchen.example"),
        ("почта.example", "почта.example"),
        ("почта.рф", "почта.рф"),
        ("пример.рф", "пример.рф"),
        ("日本の港.example", "日本の港.example"),
        ("한국.example", "한국.example"),
        ("नमस्ते.example", "नमस्ते.example"),
        ("", ""),
    ],
)
def test_a_host_that_only_looks_like_another_is_spelled_out(host, shown):
    assert shown_host(host) == shown


@pytest.mark.parametrize("host", ["xn--80ak6aa92e.com", "gaz\u200bette.example", "g\u0430zette.example", "a\u0338b.example"])
def test_a_host_is_misleading_however_it_is_written(host):
    assert is_misleading(host)


def test_the_rest_of_an_address_stays_as_it_is():
    assert shown_address("https://user@аррӏе.com:8080/ё?q=я#б") == "https://user@xn--80ak6aa92e.com:8080/ё?q=я#б"
    assert shown_address("https://münchen.example/ü") == "https://münchen.example/ü"
    assert shown_address("http://[::1") == "http://[::1"
    assert shown_address("nothing то") == "nothing то"
