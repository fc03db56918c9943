"""Web servers that are set up as docs/publishing.md says give out feeds as calendars want them, and pages safely."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from email.message import Message
from http.client import HTTPConnection
from pathlib import Path
from tempfile import gettempdir
from typing import NamedTuple

import pytest

from support.plans import ROOT, run
from support.rfc5545 import faults

pytestmark = pytest.mark.clients

NGINX = """
daemon off;
pid {home}/pid;
error_log {home}/error.log;
events {{ }}
http {{
    types {{ text/plain ics; text/html html; text/css css; }}
    access_log off;
    gzip on;
    gzip_types *;
    client_body_temp_path {home}/a;
    proxy_temp_path {home}/b;
    fastcgi_temp_path {home}/c;
    uwsgi_temp_path {home}/d;
    scgi_temp_path {home}/e;
    server {{
        listen 127.0.0.1:{port};
        root {home}/feeds;
        {lines}
    }}
}}
"""
APACHE = """
ServerRoot /usr/lib/apache2
{modules}
ServerName localhost
Listen 127.0.0.1:{port}
PidFile {home}/pid
ErrorLog {home}/error.log
DefaultRuntimeDir {home}
TypesConfig {home}/none
DocumentRoot {home}/feeds
AddOutputFilterByType DEFLATE text/calendar
<Directory {home}/feeds>
    AllowOverride FileInfo
    Require all granted
</Directory>
"""
MODULES = ("mpm_event", "authz_core", "mime", "headers", "env", "filter", "deflate", "setenvif")


def lines(server: str) -> str:
    """Return what the page says to write for a server."""
    page = (ROOT / "docs" / "publishing.md").read_text(encoding="utf-8")
    (found,) = re.findall(rf"^```{server}\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    return found


def nginx(home: Path, port: int) -> list[str]:
    file = home / "nginx.conf"
    file.write_text(NGINX.format(home=home, port=port, lines=lines("nginx")), encoding="utf-8")
    return ["nginx", "-p", str(home), "-c", str(file)]


def apache(home: Path, port: int) -> list[str]:
    file = home / "apache.conf"
    modules = "\n".join(f"LoadModule {name}_module modules/mod_{name}.so" for name in MODULES)
    file.write_text(APACHE.format(home=home, port=port, modules=modules), encoding="utf-8")
    (home / "none").write_bytes(b"")
    (home / "feeds" / ".htaccess").write_text(lines("apache"), encoding="utf-8")
    return ["apache2", "-X", "-f", str(file)]


class Answer(NamedTuple):
    """What a server answers."""

    status: int
    headers: Message
    body: bytes


Ask = Callable[..., Answer]


@pytest.fixture(params=[nginx, apache])
def ask(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ask]:
    """Serve the feeds and the pages of the real waves, and return what asks for a file."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert run("export-ics", "--locked", "-o", str(tmp_path / "feeds")).code == 0
    assert run("site", "-o", str(tmp_path / "feeds")).code == 0
    tmp_path.chmod(0o755)
    for folder in tmp_path.parents:
        if Path(gettempdir()).resolve() in folder.parents:
            folder.chmod(0o755)  # a server that root starts serves as another user
    command = request.param(tmp_path, port)
    program = shutil.which(command[0], path=f"{os.environ['PATH']}{os.pathsep}/usr/sbin")
    if program is None:
        pytest.skip(f"{command[0]} is not installed")

    def ask(name: str, **headers: str) -> Answer:
        with closing(HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
            requested = {key.replace("_", "-"): text for key, text in headers.items()}
            connection.request("GET", f"/{name}", headers=requested)
            found = connection.getresponse()
            return Answer(found.status, found.headers, found.read())

    with subprocess.Popen([program, *command[1:]], stderr=subprocess.PIPE, cwd=tmp_path) as server:
        try:
            for _ in range(100):
                if server.poll() is not None:
                    pytest.fail((server.stderr.read() if server.stderr else b"").decode() or "it ends at once")
                try:
                    ask("")
                    break
                except ConnectionRefusedError:
                    time.sleep(0.1)
            yield ask
        finally:
            server.terminate()


def test_feed_is_given_out_as_a_calendar(ask, tmp_path):
    found = ask("housing.ics", Accept_Encoding="gzip")
    assert (found.status, found.body) == (200, (tmp_path / "feeds" / "housing.ics").read_bytes())
    assert found.headers.get_all("Content-Type") == ["text/calendar; charset=utf-8"]
    assert found.headers.get_all("Cache-Control") == ["max-age=3600"]
    assert found.headers["Content-Encoding"] is None
    again = ask("housing.ics", If_Modified_Since=found.headers["Last-Modified"], If_None_Match=found.headers["ETag"])
    assert again.status == 304
    assert ask("housing.fr.ics").status == 404


PAGE = {"Content-Security-Policy": "frame-ancestors 'self'", "X-Content-Type-Options": "nosniff"}
FRAGMENT = PAGE | {"Content-Security-Policy": "frame-ancestors *"}


def head_size(found: Answer) -> int:
    """Return the bytes of an answer before its body."""
    lines = (f"HTTP/1.1 {found.status} Not Modified", *(f"{name}: {text}" for name, text in found.headers.items()), "")
    return sum(len(line) + 2 for line in lines)


def test_the_pages_are_given_out(ask):
    for name, kind, age, headers in (
        ("en/index.html", "text/html; charset=utf-8", 600, PAGE),
        ("es/embed/housing.html", "text/html; charset=utf-8", 600, FRAGMENT),
        ("en/changes.atom", "application/atom+xml; charset=utf-8", 3600, {"X-Content-Type-Options": "nosniff"}),
    ):
        found = ask(name)
        assert (found.status, found.headers["Content-Type"]) == (200, kind), name
        assert found.headers.get_all("Cache-Control") == [f"max-age={age}"]
        assert {header: found.headers[header] for header in headers} == headers
        assert found.headers.get_all("Content-Security-Policy", []) == [
            policy for header, policy in headers.items() if header == "Content-Security-Policy"
        ]
        assert ask(name, If_None_Match=found.headers["ETag"]).status == 304


@pytest.mark.parametrize("ask", [nginx], indirect=True)
def test_the_site_and_its_feeds_are_given_out(ask):
    for name, kind, age, headers in (
        ("", "text/html; charset=utf-8", 600, PAGE),
        ("fr/", "text/html; charset=utf-8", 600, PAGE),
        ("en/moments/migration/gwangju-forum/", "text/html; charset=utf-8", 600, PAGE),
        ("style.css", "text/css", 600, PAGE),
    ):
        found = ask(name)
        assert (found.status, found.headers["Content-Type"]) == (200, kind), name
        assert found.headers.get_all("Cache-Control") == [f"max-age={age}"]
        assert {header: found.headers[header] for header in headers} == headers
        assert ask(name, If_None_Match=found.headers["ETag"]).status == 304
    counted = int(re.findall(r"is counted as (\d+) bytes", (ROOT / "docs" / "publishing.md").read_text("utf-8"))[0])
    for language in ("fr", "en", "es"):
        links = re.findall(r'href="webcal://waves\.uclg\.org/(.*?)"', ask(f"{language}/feeds/").body.decode())
        assert len(links) == 15
        for link in links:
            found = ask(link)
            assert (found.status, found.headers["Content-Type"]) == (200, "text/calendar; charset=utf-8")
            assert faults(found.body) == []
            again = ask(link, If_None_Match=found.headers["ETag"])
            assert (again.status, again.body) == (304, b"")
            assert max(head_size(found), head_size(again)) <= counted
