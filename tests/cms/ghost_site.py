"""A real Ghost on loopback, over SQLite, with an integration and one member of the staff for every role.

It is installed by :func:`install` out of npm and nothing else (two to three minutes the first time): Node in the
version that Ghost wants, Ghost's own lock file, and the SQLite module built here with Node's headers, which its npm package
holds, because its prebuilt file lies elsewhere. What is ready is kept in ``build/cms``; a site then starts in some seconds.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import http.cookiejar
import json
import os
import platform
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

GHOST, NODE, PNPM = "6.65.0", "22.23.3", "12.4.2"
ROLES = ("Administrator", "Editor", "Author", "Contributor")
PROGRAMS = ("npm", "node", "make", "g++", "python3", "tar")
PASSWORD = "a-river-in-2031"

_MODULES = Path(os.environ.get("WORKSTATION_CMS_MODULES") or Path(__file__).parents[2] / "build" / "cms" / "node_modules")
_CACHE = _MODULES.absolute().parent / f"ghost-{GHOST}"
_READY = "ready.json"


class NotInstalled(Exception):  # noqa: N818 - no error of the site
    """Ghost could not be brought here."""


@dataclass(frozen=True)
class Ghost:
    """A running site. ``keys`` are Admin API keys by role, and that of the integration as ``Integration``."""

    url: str
    folder: Path
    keys: Mapping[str, str]

    def ask(self, method: str, path: str, fields: Mapping[str, Any] | None = None, role: str = "Integration") -> Any:
        """A call of the Admin API as somebody else than the workstation; answers with the JSON, or raises."""
        request = urllib.request.Request(f"{self.url}/ghost/api/admin/{path}", method=method)
        request.add_header("Authorization", f"Ghost {_token(self.keys[role])}")
        if fields is not None:
            request.data = json.dumps(fields).encode()
            request.add_header("Content-Type", "application/json")
        with urllib.request.urlopen(request, timeout=60) as response:
            data = response.read()
        return json.loads(data) if data else None

    def posts(self) -> list[dict[str, Any]]:
        """Every post of everybody, whatever its status, with its text in both of Ghost's forms."""
        return self.ask("GET", "posts/?limit=100&formats=html,lexical&order=created_at%20asc")["posts"]

    def change(self, post: str, role: str = "Integration", source: str = "", **fields: Any) -> dict[str, Any]:
        """Change a post, as somebody does in the editor."""
        known = self.ask("GET", f"posts/{post}/")["posts"][0]
        sent = {"posts": [{**fields, "updated_at": known["updated_at"]}]}
        return self.ask("PUT", f"posts/{post}/?formats=html,lexical{source}", sent, role)["posts"][0]

    def pictures(self) -> list[str]:
        """The names of the pictures that were uploaded, without the originals that Ghost keeps beside those it made smaller."""
        found = (path for path in (self.folder / "content" / "images").rglob("*") if path.is_file())
        return sorted(path.name for path in found if "size" not in path.parts and not path.stem.endswith("_o"))

    def empty(self) -> None:
        """Nothing was ever sent: no posts, tags and pictures."""
        for kind in ("posts", "pages", "tags"):
            for one in self.ask("GET", f"{kind}/?limit=100&fields=id")[kind]:
                self.ask("DELETE", f"{kind}/{one['id']}/")
        for path in (self.folder / "content" / "images").rglob("*"):
            if path.is_file():
                path.unlink()


def lacking() -> str:
    """What the system lacks to install a site, empty when it has everything or the site is installed."""
    if is_installed():
        return ""
    absent = [name for name in PROGRAMS if shutil.which(name) is None]
    return ", ".join([*absent, *([] if sys.platform in ("linux", "darwin") else ["Linux or macOS"])])


def is_installed() -> bool:
    """Whether a site can be started at once."""
    return (_CACHE / _READY).is_file()


def install() -> None:
    """Install Ghost into the cache and set a site up there. Minutes the first time, nothing afterwards.

    Raises:
        NotInstalled: a step failed, for example because there is no network; its last lines are told.
    """
    if is_installed():
        return
    shutil.rmtree(_CACHE, ignore_errors=True)
    _CACHE.mkdir(parents=True)
    options = ["--no-audit", "--no-fund", "--ignore-scripts", "--no-save", "--prefix", str(_CACHE)]
    _step(["npm", "install", *options, f"{_node_package()}@{NODE}", f"pnpm@{PNPM}"], _CACHE)
    _step(["npm", "pack", f"ghost@{GHOST}"], _CACHE)
    _step(["tar", "-xzf", f"ghost-{GHOST}.tgz"], _CACHE)
    # Not "npm install ghost": its own parts lie as archives inside it, where only an install in its folder finds them.
    _step(
        ["sh", str(_CACHE / "node_modules/.bin/pnpm"), "install", "--prod", "--frozen-lockfile"],
        _CACHE / "package",
        _environment(),
    )
    seed = _CACHE / "seed"
    shutil.copytree(_CACHE / "package" / "content", seed / "content")
    with _served(seed) as url:
        keys = _set_up(url, seed / "ghost.db")
    (_CACHE / _READY).write_text(json.dumps(keys))


@contextmanager
def running(folder: Path) -> Iterator[Ghost]:
    """A fresh site in ``folder``, for as long as the block runs."""
    install()
    shutil.copytree(_CACHE / "seed", folder / "site")
    keys = json.loads((_CACHE / _READY).read_text())
    with _served(folder / "site") as url:
        ghost = Ghost(url, folder / "site", keys)
        ghost.empty()
        yield ghost


# --- installing ----------------------------------------------------------------------------------------------------


def _node_package() -> str:
    machine = {"x86_64": "x64", "amd64": "x64", "aarch64": "arm64", "arm64": "arm64"}[platform.machine().lower()]
    return f"node-{sys.platform}-{machine}"


def _node() -> Path:
    return _CACHE / "node_modules" / _node_package()


def _environment() -> dict[str, str]:
    path = f"{_node() / 'bin'}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "npm_config_nodedir": str(_node()), "npm_config_build_from_source": "true", "CI": "1"}


def _step(command: list[str], folder: Path, environment: Mapping[str, str] | None = None) -> None:
    try:
        subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=1200, check=True)
    except (OSError, subprocess.SubprocessError) as error:
        told = f"{getattr(error, 'stdout', '')}{getattr(error, 'stderr', '')}"
        raise NotInstalled(f"{' '.join(command)}: {told[-1000:] or error}") from error


# --- running -------------------------------------------------------------------------------------------------------


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    settings = {
        "NODE_ENV": "production",
        "url": url,
        "server__host": "127.0.0.1",
        "server__port": str(port),
        "database__client": "better-sqlite3",
        "database__connection__filename": str(folder / "ghost.db"),
        "database__useNullAsDefault": "true",
        "mail__transport": "stub",
        "paths__contentPath": f"{folder / 'content'}/",
        "privacy__useUpdateCheck": "false",
        "privacy__useGravatar": "false",
        "privacy__useRpcPing": "false",
        "security__staffDeviceVerification": "false",
        "logging__transports": '["stdout"]',
    }
    with (folder / "ghost.log").open("wb") as log:
        command = [str(_node() / "bin" / "node"), "index.js"]
        process = subprocess.Popen(
            command, cwd=_CACHE / "package", env={**_environment(), **settings}, stdout=log, stderr=subprocess.STDOUT
        )
        try:
            _wait(url, process, folder / "ghost.log")
            yield url
        finally:
            process.kill()  # what it would still write is thrown away
            process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 120
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/ghost/api/admin/site/", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError(f"Ghost did not start: {log.read_text(errors='replace')[-2000:]}")


# --- setting up ----------------------------------------------------------------------------------------------------


class _Session:
    """Somebody at Ghost's administration, in a browser."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))

    def ask(self, method: str, path: str, fields: Mapping[str, Any] | None = None) -> Any:
        request = urllib.request.Request(f"{self._url}/ghost/api/admin/{path}", method=method)
        request.add_header("Origin", self._url)
        if fields is not None:
            request.data = json.dumps(fields).encode()
            request.add_header("Content-Type", "application/json")
        with self._opener.open(request, timeout=60) as response:
            data = response.read().decode()
        return json.loads(data) if data[:1] == "{" else data

    def enter(self, mail: str) -> None:
        self.ask("POST", "session/", {"username": mail, "password": PASSWORD})


def _set_up(url: str, database: Path) -> dict[str, str]:
    """An owner, the staff by their invitations, and the keys of all."""
    owner = _Session(url)
    first = {"name": "Olga Marrow", "email": "owner@lantern.example", "password": PASSWORD, "blogTitle": "The Lantern"}
    owner.ask("POST", "authentication/setup/", {"setup": [first]})
    owner.enter(first["email"])
    made = owner.ask("POST", "integrations/?include=api_keys", {"integrations": [{"name": "Signals Workstation"}]})
    keys = {key["type"]: key["secret"] for key in made["integrations"][0]["api_keys"]}
    roles = {role["name"]: role["id"] for role in owner.ask("GET", "roles/")["roles"]}
    return {
        "Integration": keys["admin"],
        "Content": keys["content"],
        **{role: _joined(owner, url, database, role, roles[role]) for role in ROLES},
    }


def _joined(owner: _Session, url: str, database: Path, role: str, number: str) -> str:
    """A new member of the staff; answers with their key."""
    mail = f"{role.lower()}@lantern.example"
    owner.ask("POST", "invites/", {"invites": [{"email": mail, "role_id": number}]})
    connection = sqlite3.connect(database)
    (token,) = connection.execute("SELECT token FROM invites WHERE email = ?", (mail,)).fetchone()  # no mail goes out here
    connection.close()
    member = _Session(url)
    answer = {"token": token, "name": f"{role} Marrow", "email": mail, "password": PASSWORD}
    member.ask("POST", "authentication/invitation/", {"invitation": [answer]})
    member.enter(mail)
    key = member.ask("GET", "users/me/token/")["apiKey"]
    return f"{key['id']}:{key['secret']}"


def _token(key: str) -> str:
    identity, _, secret = key.partition(":")
    now = int(time.time())
    parts = ({"alg": "HS256", "typ": "JWT", "kid": identity}, {"iat": now, "exp": now + 240, "aud": "/admin/"})
    signed = ".".join(base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in parts)
    mac = hmac.digest(bytes.fromhex(secret), signed.encode(), hashlib.sha256)
    return f"{signed}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"
