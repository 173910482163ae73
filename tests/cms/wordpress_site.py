"""A real WordPress on loopback: PHP's own server over MariaDB, everything in one temporary folder, four users with passwords."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
import zipfile
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROGRAMS = ("php", "mariadbd", "mariadb-install-db")
DEBIAN = Path("/usr/share/wordpress")
ROLES = ("administrator", "editor", "author", "contributor", "subscriber")

_CONFIG = """<?php
define('DB_NAME', 'wordpress'); define('DB_USER', 'root'); define('DB_PASSWORD', ''); define('DB_HOST', 'localhost:%(socket)s');
define('DB_CHARSET', 'utf8mb4'); define('DB_COLLATE', '');
foreach (['AUTH', 'SECURE_AUTH', 'LOGGED_IN', 'NONCE'] as $name) {
    define($name . '_KEY', 'only for tests ' . $name); define($name . '_SALT', 'only for tests too ' . $name);
}
$table_prefix = 'wp_';
// The address is the one that was asked, so that a proxy before the site is the site.
define('WP_HOME', 'http://' . ($_SERVER['HTTP_HOST'] ?? '127.0.0.1:%(port)d')); define('WP_SITEURL', WP_HOME);
define('WP_ENVIRONMENT_TYPE', 'local'); // application passwords without https
define('DISABLE_WP_CRON', true); define('WP_HTTP_BLOCK_EXTERNAL', true); define('AUTOMATIC_UPDATER_DISABLED', true);
define('WP_DEBUG', false); define('WP_CONTENT_DIR', __DIR__ . '/wp-content'); define('FS_METHOD', 'direct');
if (!defined('ABSPATH')) { define('ABSPATH', __DIR__ . '/'); }
require_once ABSPATH . 'wp-settings.php';
"""

_INSTALL = """<?php
define('WP_INSTALLING', true);
$_SERVER['HTTP_HOST'] = '127.0.0.1:%(port)d';
require __DIR__ . '/wp-load.php';
require_once ABSPATH . 'wp-admin/includes/upgrade.php';
wp_install('The Lantern', 'administrator', 'administrator@lantern.example', true, '', 'administrator-door');
$GLOBALS['wp_rewrite']->set_permalink_structure('%(permalinks)s');
update_option('blog_public', 0);
$users = [];
foreach (%(roles)s as $role) {
    $user = get_user_by('login', $role);
    $id = $user ? $user->ID : wp_insert_user(['user_login' => $role, 'user_pass' => $role . '-door', 'role' => $role,
        'user_email' => $role . '@lantern.example', 'display_name' => ucfirst($role) . ' Marrow']);
    update_user_meta($id, 'show_welcome_panel', 0);
    [$password] = WP_Application_Passwords::create_new_application_password($id, ['name' => 'Signals Workstation']);
    $users[$role] = $password;
}
delete_option('rewrite_rules'); // made anew at the first call
echo "\\nUSERS " . json_encode($users) . "\\n";
"""

_ROUTER = """<?php
$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
$file = __DIR__ . $path;
if (is_dir($file) && is_file(rtrim($file, '/') . '/index.php') && $path !== '/') {
    $_SERVER['SCRIPT_NAME'] = $_SERVER['PHP_SELF'] = rtrim($path, '/') . '/index.php';
    chdir(rtrim($file, '/'));
    require rtrim($file, '/') . '/index.php';
    return true;
}
if ($path !== '/' && is_file($file)) { return false; }
$_SERVER['SCRIPT_NAME'] = $_SERVER['PHP_SELF'] = '/index.php';
require __DIR__ . '/index.php';
"""


@dataclass(frozen=True)
class WordPress:
    """A running site; ``passwords`` are the application passwords by user, who are called like their roles."""

    url: str
    version: str
    folder: Path
    passwords: Mapping[str, str]

    def ask(self, method: str, route: str, fields: Mapping[str, Any] | None = None, user: str = "administrator") -> Any:
        """A call of the REST API as somebody else than the workstation; answers with the JSON, or raises."""
        request = urllib.request.Request(f"{self.url}/?rest_route=/wp/v2/{route.replace('?', '&')}", method=method)
        request.add_header("Authorization", f"Basic {b64encode(f'{user}:{self.passwords[user]}'.encode()).decode()}")
        if fields is not None:
            request.data = json.dumps(fields).encode()
            request.add_header("Content-Type", "application/json")
        with urllib.request.urlopen(request, timeout=60) as response:
            return json.loads(response.read())

    def posts(self) -> list[dict[str, Any]]:
        """Every post of every user, whatever its status."""
        return self.ask("GET", "posts?status=any,trash&context=edit&per_page=100&orderby=id&order=asc")

    def pictures(self) -> list[dict[str, Any]]:
        """Every picture of the library."""
        return self.ask("GET", "media?context=edit&per_page=100&orderby=id&order=asc")

    def empty(self) -> None:
        """Nothing was ever sent: no posts, pictures, tags, and no categories but the first."""
        for post in self.posts():
            self.ask("DELETE", f"posts/{post['id']}?force=true")
        for picture in self.pictures():
            self.ask("DELETE", f"media/{picture['id']}?force=true")
        for kind in ("tags", "categories"):
            for term in self.ask("GET", f"{kind}?per_page=100&hide_empty=false"):
                if term["slug"] != "uncategorized":
                    self.ask("DELETE", f"{kind}/{term['id']}?force=true")


def lacking() -> str:
    """What the system lacks for a site, empty when it has everything."""
    absent = [name for name in PROGRAMS if shutil.which(name) is None]
    return ", ".join([*absent, *([] if (DEBIAN / "wp-load.php").exists() else ["WordPress (Debian's package wordpress)"])])


@contextmanager
def running(folder: Path, source: Path, permalinks: str = "/%postname%/") -> Iterator[WordPress]:
    """A site out of the WordPress in ``source`` (a folder, or a zip of one), for as long as the block runs."""
    site, database = folder / "site", folder / "database"
    _copied(source, site)
    port = _free_port()
    path = folder / "db.sock"
    values = {"socket": path, "port": port, "permalinks": permalinks, "roles": json.dumps(ROLES)}
    (site / "wp-config.php").write_text(_CONFIG % values)
    (site / "install.php").write_text(_INSTALL % values)
    (site / "router.php").write_text(_ROUTER)
    with _database(database, path), _served(site, port):
        told = subprocess.run(["php", "install.php"], cwd=site, capture_output=True, text=True, timeout=180, check=False)
        found = [line for line in told.stdout.splitlines() if line.startswith("USERS ")]
        assert found, told.stdout[-2000:] + told.stderr[-2000:]
        (site / "install.php").unlink()
        version = (site / "wp-includes/version.php").read_text().split("$wp_version = '")[1].split("'")[0]
        url = f"http://127.0.0.1:{port}"
        _wait(url)
        yield WordPress(url, version, folder, json.loads(found[0].removeprefix("USERS ")))


def _copied(source: Path, site: Path) -> None:
    if source.suffix == ".zip":
        with zipfile.ZipFile(source) as archive:
            archive.extractall(site)
        _beside(source, site)
    else:
        shutil.copytree(source, site, symlinks=False, ignore=shutil.ignore_patterns("wp-config.php", ".htaccess"))
    (site / "wp-content/uploads").mkdir(parents=True, exist_ok=True)


def _beside(source: Path, site: Path) -> None:
    """The scripts and styles that the npm package keeps beside its zip."""
    public = source.parents[2] / "public" / source.stem
    if public.is_dir():
        shutil.copytree(public, site, dirs_exist_ok=True)


@contextmanager
def _database(folder: Path, path: Path) -> Iterator[None]:
    user = ["--user=root"] if os.geteuid() == 0 else []
    install = ["mariadb-install-db", "--no-defaults", f"--datadir={folder}", "--auth-root-authentication-method=normal", *user]
    subprocess.run([*install, "--skip-test-db"], check=True, capture_output=True, timeout=120)
    serve = ["mariadbd", "--no-defaults", f"--datadir={folder}", f"--socket={path}", "--skip-networking", *user]
    with (folder.parent / "database.log").open("wb") as log:
        process = subprocess.Popen([*serve, f"--pid-file={folder}/pid"], stdout=log, stderr=log)
        try:
            _until(path.exists, "the database")
            create = 'new mysqli(null, "root", "", null, 0, $argv[1])'
            code = f"$d = {create}; $d->query('CREATE DATABASE wordpress CHARACTER SET utf8mb4');"
            subprocess.run(["php", "-r", code, "--", str(path)], check=True, capture_output=True, timeout=60)
            yield
        finally:
            _end(process)


@contextmanager
def _served(site: Path, port: int) -> Iterator[None]:
    environment = {**os.environ, "PHP_CLI_SERVER_WORKERS": "6"}
    command = ["php", "-d", "upload_max_filesize=32M", "-d", "post_max_size=40M", "-S", f"127.0.0.1:{port}", "router.php"]
    with (site.parent / "php.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=site, env=environment, stdout=log, stderr=log, start_new_session=True)
        try:
            yield
        finally:
            os.killpg(process.pid, 15)  # its workers with it; they are ours alone
            _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(10)


def _wait(url: str) -> None:
    def answers() -> bool:
        try:
            with urllib.request.urlopen(f"{url}/?rest_route=/", timeout=30) as response:
                return bool(json.loads(response.read())["namespaces"])
        except (OSError, ValueError, urllib.error.URLError):
            return False

    _until(answers, "WordPress")


def _until(ready: Any, what: str, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > end:
            raise TimeoutError(f"{what} did not start within {seconds:g} seconds")
        time.sleep(0.1)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])
