"""The editor's own network: asked for, remembered, taken back, and never reached by what others wrote."""

import os
import socket
import threading

import pytest

from workstation import cli
from workstation.domain.hosts import OWN_NETWORK, THIS_MACHINE, OwnHost, is_public, may_be_secretive, own_place
from workstation.errors import FetchError
from workstation.ingest.fetch import Limits, OwnNetworkError, fetch
from workstation.workflow.consents import Consent, Consents, Question, named

PAGE = b"<html><title>Ferry line opens</title><p>The first ferry left the old harbour of Vell at dawn on Monday.</p></html>"


def answer(body=PAGE, status="200 OK", *headers):
    lines = [f"HTTP/1.1 {status}", "Content-Type: text/html", f"Content-Length: {len(body)}", "Connection: close", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


class Site:
    """A server on loopback that gives one answer."""

    def __init__(self, whole=None):
        self.whole = whole or answer()
        self.asked = 0
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self.name = f"127.0.0.1:{self.port}"
        self.url = f"http://{self.name}/a"
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError:
                return
            with connection:
                connection.recv(65_536)
                self.asked += 1
                connection.sendall(self.whole)

    def close(self):
        self._listening.close()


@pytest.fixture
def site():
    site = Site()
    yield site
    site.close()


@pytest.fixture
def consents(tmp_path):
    return Consents(tmp_path / "own-hosts.json")


def fetched(consents, url, *, may_ask=True):
    return consents.fetched(lambda limits: fetch(url, limits=limits), Limits(seconds=5), lambda: False, may_ask=may_ask)


def test_nobody_is_asked_for_work_in_the_background_and_the_reason_names_the_mend(consents, site):
    consents.ask = lambda *_: pytest.fail("asked")
    with pytest.raises(OwnNetworkError, match=f"--allow-host {site.name}") as refused:
        fetched(consents, site.url, may_ask=False)
    assert "private network (127.0.0.1)" in refused.value.detail
    assert site.asked == 0


def test_once_is_this_time_only_and_always_is_remembered_until_it_is_taken_back(consents, site, tmp_path):
    asked = []
    answers = iter([Consent.NO, Consent.ONCE, Consent.ALWAYS, Consent.NO])

    def ask(question, _cancelled):
        asked.append(question)
        return next(answers)

    consents.ask = ask
    with pytest.raises(OwnNetworkError):
        fetched(consents, site.url)
    assert fetched(consents, site.url).data == PAGE
    assert not consents.remembered
    assert fetched(consents, site.url).data == PAGE
    assert fetched(consents, site.url, may_ask=False).data == PAGE
    assert asked == [Question(OwnHost(site.name, THIS_MACHINE), "127.0.0.1")] * 3
    assert asked[0].text == f"{site.name} is an address of this machine. Fetch from it?"
    named_host = Question(OwnHost("news.intranet", OWN_NETWORK), "10.1.2.3")
    assert named_host.text == "news.intranet resolves to 10.1.2.3, an address of your own network. Fetch from it?"
    anew = Consents(tmp_path / "own-hosts.json")
    assert anew.remembered == {OwnHost(site.name, THIS_MACHINE)}
    assert anew.forget(site.name)
    assert not anew.forget(site.name)
    with pytest.raises(OwnNetworkError):
        fetched(Consents(tmp_path / "own-hosts.json"), site.url)


def test_a_page_elsewhere_cannot_lead_to_a_host_that_was_allowed(consents, site):
    """Not even another host that was allowed itself, and not another port of the same machine."""
    other = Site(answer(b"", "302 Found", f"Location: {site.url}"))
    consents.allow_for_now([site.name])
    limits = Limits(seconds=5, allow=(other.name,), own=consents.hosts)
    with pytest.raises(FetchError, match="private network") as refused:
        fetch(other.url.replace("127.0.0.1", "localhost"), limits=limits)
    assert not isinstance(refused.value, OwnNetworkError)
    assert (other.asked, site.asked) == (1, 0)
    other.close()


def test_a_host_that_was_allowed_in_the_network_is_not_allowed_when_its_name_leads_to_this_machine(site, monkeypatch):
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", site.port))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    name = f"news.intranet:{site.port}"
    with pytest.raises(OwnNetworkError):
        fetch(f"http://{name}/", limits=Limits(own=frozenset({OwnHost(name, OWN_NETWORK)})))
    assert site.asked == 0


@pytest.mark.parametrize(
    ("address", "where"),
    [
        ("127.0.0.1", THIS_MACHINE),
        ("::1", THIS_MACHINE),
        ("10.1.2.3", OWN_NETWORK),
        ("192.168.1.9", OWN_NETWORK),
        ("172.31.0.1", OWN_NETWORK),
        ("100.64.0.9", OWN_NETWORK),
        ("fd12::3", OWN_NETWORK),
        ("169.254.169.254", None),
        ("fd00:ec2::254", None),
        ("100.100.100.200", None),
        ("168.63.129.16", None),
        ("::ffff:10.1.2.3", None),
        ("::ffff:127.0.0.1", None),
        ("2002:a01:203::", None),
        ("64:ff9b::a01:203", None),
        ("fe80::1%eth0", None),
        ("fe80::1", None),
        ("169.254.1.1", None),
        ("0.0.0.0", None),
        ("::", None),
        ("224.0.0.1", None),
        ("255.255.255.255", None),
        ("240.0.0.1", None),
        ("nonsense", None),
        ("1.1.1.1", None),
    ],
)
def test_only_plain_addresses_of_the_own_network_can_be_allowed(address, where):
    assert own_place(address) == where
    assert is_public(address) is (address == "1.1.1.1")


@pytest.mark.parametrize("address", ["169.254.169.254", "fd00:ec2::254", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe"])
def test_where_a_cloud_machine_gets_its_passwords_is_never_asked_whoever_allows_it(address, consents, monkeypatch):
    assert may_be_secretive(address)
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    consents.ask = lambda *_: Consent.ALWAYS
    consents.allow_for_now(["meta.example", address, f"[{address}]"])
    with pytest.raises(FetchError, match="private network") as refused:
        fetched(consents, "http://meta.example/latest/")
    assert not isinstance(refused.value, OwnNetworkError)


@pytest.mark.parametrize(
    "written", ["", "nonsense", "[1]", '{"hosts": [{"name": 1}]}', '{"hosts": [{"name": "a", "where": "x"}]}']
)
def test_a_damaged_memory_allows_nothing(tmp_path, written):
    file = tmp_path / "own-hosts.json"
    file.write_text(written)
    assert Consents(file).hosts == frozenset()


def test_names_are_written_as_addresses_bear_them():
    assert [named(one) for one in ("News.Intranet.", "a:80", "a:8080", "[::1]:443", "büro.intranet")] == [
        "news.intranet", "a", "a:8080", "[::1]", "xn--bro-hoa.intranet",
    ]  # fmt: skip


def test_the_command_line_allows_a_host_for_one_call_and_lists_and_forgets_those_that_are_always_allowed(tmp_path, site, capsys):
    from workstation.app import run

    store = str(tmp_path / "desk.db")
    assert run(["capture", site.url, "--store", store]) == 3
    assert f"--allow-host {site.name}" in capsys.readouterr().err
    assert run(["--allow-host", site.name, "capture", site.url, "--store", store]) == 0
    assert run(["hosts", "--store", store]) == 0
    assert capsys.readouterr().out.count("127.0.0.1") == 0
    Consents().allow(OwnHost(site.name, THIS_MACHINE))
    assert run(["hosts"]) == 0
    assert site.name in capsys.readouterr().out
    assert run(["hosts", "--forget", site.name]) == 0
    assert run(["hosts", "--forget", site.name]) == 1
    assert cli.parse(["capture", "x"]).allow_host is None
    assert os.environ.get("XDG_DATA_HOME")
