"""A throwaway PostgreSQL server for tests: a temporary folder, a free port on the loopback address and a unix socket."""
import glob
import os
import pathlib
import pwd
import shutil
import socket
import subprocess
import tempfile


def programs() -> pathlib.Path:
    """The folder of the server programs: PGBIN, else the newest that Debian installed."""
    if os.environ.get("PGBIN"):
        return pathlib.Path(os.environ["PGBIN"])
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda p: int(p.split("/")[4]))
    return pathlib.Path(found[-1])


class Server:
    """`with Server() as server: server.url`: a superuser's URL. PostgreSQL does not run as root: then `postgres` or `nobody` runs it."""

    SETTINGS = {
        "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "60",
        "shared_buffers": "64MB", "autovacuum": "off", "listen_addresses": "'127.0.0.1'",
    }
    ACCESS = "local all all trust\nhost all postgres all trust\nhost all all all scram-sha-256\n"

    def __enter__(self) -> "Server":
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="pg-"))
        self.user = self._user()
        if self.user:
            shutil.chown(self.folder, self.user)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        data = self.folder / "data"
        self._run("initdb", "-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        settings = {**self.SETTINGS, "unix_socket_directories": f"'{self.folder}'", "port": str(self.port)}
        with open(data / "postgresql.conf", "a") as file:
            file.write("".join(f"{key} = {value}\n" for key, value in settings.items()))
        (data / "pg_hba.conf").write_text(self.ACCESS)
        self._run("pg_ctl", "-D", str(data), "-w", "-s", "-l", str(self.folder / "log"), "start")
        self.url = f"postgresql://postgres@127.0.0.1:{self.port}/postgres"
        return self

    def __exit__(self, *_) -> None:
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-s", "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    @staticmethod
    def _user() -> str | None:
        if os.geteuid() != 0:
            return None
        names = {entry.pw_name for entry in pwd.getpwall()}
        return "postgres" if "postgres" in names else "nobody"

    def _run(self, program: str, *arguments: str) -> None:
        options = {"user": self.user, "extra_groups": []} if self.user else {}
        subprocess.run([programs() / program, *arguments], check=True, cwd="/", stdout=subprocess.DEVNULL, **options)
