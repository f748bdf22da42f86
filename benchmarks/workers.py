"""The processes that take turns in benchmarks/table, and what the system tells of them (Linux only)."""

import contextlib
import json
import os
import pathlib
import re
import subprocess

HERE = pathlib.Path(__file__).resolve().parent
HOME = HERE.parent

# glibc hands every large array back to the system at once and takes it anew, a page at a time; this keeps them.
KEEPING = {
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_MMAP_MAX_": "0",
    "MALLOC_TRIM_THRESHOLD_": str(16 << 30),
}

# Threads that wait for each other spin by default, PyTorch's as well as ONNX Runtime's, which takes the processors from
# those they wait for where other programs run too: PyTorch's pass may take twenty times as long on a busy machine.
SLEEPING = {"OMP_WAIT_POLICY": "passive"}


class Problem(Exception):
    """What a worker could not do, in its own words."""


class Worker:
    """A process that does one piece of work when asked, and waits without work in between."""

    def __init__(self, command, environment=None, log=subprocess.DEVNULL):
        self.process = subprocess.Popen(
            [str(word) for word in command],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
            cwd=HERE,
            env={**os.environ, **(environment or {})},
        )

    def ask(self, **request):
        try:
            self.process.stdin.write(json.dumps(request) + "\n")
            self.process.stdin.flush()
            line = self.process.stdout.readline()
        except BrokenPipeError:
            line = ""
        if not line:
            raise Problem(f"the process ended ({self.process.wait()})")
        answer = json.loads(line)
        if "problem" in answer:
            raise Problem(answer["problem"])
        return answer

    def peak(self):
        """The largest resident memory so far, MiB."""
        return self._status("VmHWM")

    def memory(self):
        """Resident memory now, MiB."""
        return self._status("VmRSS")

    def _status(self, field):
        text = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(rf"{field}:\s+(\d+)", text).group(1)) / 1024

    def processor_time(self):
        """Seconds that its threads worked so far."""
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def close(self):
        with contextlib.suppress(BrokenPipeError):
            self.process.stdin.close()
        try:
            self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()


def busy():
    """Seconds that all processors were not free so far, for whatever reason; what a host takes away counts too."""
    user, nice, system, _, _, irq, soft, stolen = map(
        int, pathlib.Path("/proc/stat").read_text().split("\n")[0].split()[1:9]
    )
    return (user + nice + system + irq + soft + stolen) / os.sysconf("SC_CLK_TCK")


def java_options():
    """Those of the launcher, so that it is measured what people start."""
    found = re.search(r'^options="([^"]*)"', (HOME / "picasso").read_text(), re.M)
    return found.group(1).split() if found else []


def picasso(model, image, threads, classpath, log):
    java = pathlib.Path(os.environ["JAVA_HOME"]) / "bin" / "java" if os.environ.get("JAVA_HOME") else "java"
    command = [java, *java_options(), "-XX:MaxRAMPercentage=25", "-cp", classpath]
    command += ["dev.picasso.benchmarks.Worker", model, image, threads]
    return Worker(command, {"MALLOC_ARENA_MAX": "2", "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1"}, log)


def pytorch(python, network, image, threads, tuned, sleep, log):
    command = [python, HERE / "pytorch_worker.py", network, image, threads]
    return Worker(command, {**(KEEPING if tuned else {}), **(SLEEPING if sleep else {})}, log)


def openvino(python, model, image, threads, log):
    return Worker([python, HERE / "openvino_worker.py", model, image, threads], {}, log)


def has(python, module):
    """Whether a Python has a module."""
    find = f"import importlib.util as u, sys; sys.exit(u.find_spec('{module}') is None)"
    try:
        return subprocess.run([python, "-c", find], stderr=subprocess.DEVNULL).returncode == 0
    except OSError:
        return False


def machine():
    """What it is measured on."""

    def first(path, pattern):
        try:
            return re.search(pattern, pathlib.Path(path).read_text(), re.M).group(1).strip()
        except (OSError, AttributeError):
            return "unknown"

    flags = first("/proc/cpuinfo", r"^flags\s*:(.*)$").split()
    instructions = [name for name in ("avx2", "avx512f", "avx512_vnni", "avx512_bf16", "amx_tile") if name in flags]
    return {
        "processor": first("/proc/cpuinfo", r"^model name\s*:(.*)$"),
        "instructions": instructions,
        "cores": len(os.sched_getaffinity(0)),
        "memory, GiB": round(int(first("/proc/meminfo", r"^MemTotal:\s*(\d+)") or 0) / 2**20),
        "system": first("/etc/os-release", r'^PRETTY_NAME="?([^"\n]*)'),
    }
