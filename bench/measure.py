"""What a command costs: wall time, processor time, peak memory."""
import dataclasses
import os
import subprocess
import time


@dataclasses.dataclass
class Cost:
    wall: float  # seconds
    processor: float  # seconds, user and system
    memory: float  # MB

    def row(self) -> str:
        return f"{self.wall * 1000:9.0f} ms {self.processor * 1000:9.0f} ms {self.memory:7.0f} MB"


def cost(command: list[str], repeat: int = 3, **options) -> Cost:
    """The quickest of a few runs."""
    return min((_once(command, **options) for _ in range(repeat)), key=lambda each: each.processor)


def _once(command: list[str], **options) -> Cost:
    begin = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, **options)
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - begin
    if process.returncode:
        raise SystemExit(f"{' '.join(command)}\nended with {process.returncode}: {said.decode()[:800]}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def heading(title: str) -> str:
    return f"\n{title}\n{'':34} {'wall':>12} {'processor':>12} {'memory':>10}"
