"""Measures JVM options of the bridge: bench/run start [starts], bench/run flags [farm] [minutes], or bench/run weak.

start  Time and processor time from the start of the process to the first list, with and without bin/printer2mqtt and its
       archive of classes, in turn. With the embedded broker and an empty database.
flags  Processor time and memory of bridges that differ in their JVM options, all at the same time on the same farm, so
       that other load on the machine meets them alike. Needs mosquitto.
weak   Imitates a computer with four cores that are each a quarter as fast: a bridge that sees four cores and gets the
       processor time of one, and of half a one. Farm and broker are not limited. Needs mosquitto and root.
"""

import json
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time

JAR = os.path.abspath("target/printer2mqtt.jar")
SCRIPT = os.path.abspath("bin/printer2mqtt")
TESTS = os.path.abspath("target/test-classes")
JAVA = os.path.join(os.environ["JAVA_HOME"], "bin", "java") if os.environ.get("JAVA_HOME") else "java"
BASE = ["-XX:+ExitOnOutOfMemoryError", "-XX:+UseSerialGC"]
QUICK_COMPILER = "-XX:TieredStopAtLevel=1"
TICKS = os.sysconf("SC_CLK_TCK")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def cpu_seconds(pid):
    with open(f"/proc/{pid}/stat") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def resident_mb(pid):
    with open(f"/proc/{pid}/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) / 1024


def request(port, head, body=b""):
    """The status and body of a response, or None if nothing listens."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
            connection.sendall(
                f"{head} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n"
                f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body)
            response = b""
            while part := connection.recv(65536):
                response += part
    except OSError:
        return None
    return (int(response.split(b" ", 2)[1]), response.split(b"\r\n\r\n", 1)[1]) if response else None


def await_list(process, port):
    while True:
        answer = request(port, "GET /api/printers")
        if answer and answer[0] == 200:
            return
        if process.poll() is not None:
            sys.exit(f"the bridge ended with {process.returncode}")
        time.sleep(0.01)


def java_jar(*options):
    return [JAVA, *BASE, *options, "-jar", JAR, "run"]


class Bridge:
    """A bridge in a folder of its own, started by a command."""

    def __init__(self, folder, command, config):
        self.folder, self.command = folder, command
        self.port = free_port()
        os.makedirs(folder)
        config = dict(config, http={"port": self.port}, database={"path": os.path.join(folder, "bridge.db")})
        with open(os.path.join(folder, "config.json"), "w") as file:
            json.dump(config, file)

    def start(self):
        with open(os.path.join(self.folder, "log"), "a") as log:
            self.process = subprocess.Popen(self.command, cwd=self.folder, stdout=log, stderr=log)
        return self.process

    def first_list(self):
        """Seconds from the start of the process, and processor seconds, to the first list."""
        began = time.monotonic()
        await_list(self.start(), self.port)
        return time.monotonic() - began, cpu_seconds(self.process.pid)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)


def spread(values, unit):
    return f"{statistics.median(values):.2f} {unit} ({min(values):.2f} to {max(values):.2f})"


def start(starts=10):
    archive = subprocess.run([SCRIPT, "archive"], check=True, capture_output=True, text=True).stdout.strip()
    commands = {
        "`java -XX:+UseSerialGC -Xmx64m -jar`": java_jar("-Xmx64m"),
        "`bin/printer2mqtt`, with its archive": [SCRIPT, "run"],
        f"the same, `{QUICK_COMPILER}`": ["env", f"JAVA_OPTS={QUICK_COMPILER}", SCRIPT, "run"],
    }
    with tempfile.TemporaryDirectory(prefix="printer2mqtt-bench-") as folder:
        bridges = {
            name: Bridge(os.path.join(folder, str(number)), command, {"broker": {"port": free_port()}})
            for number, (name, command) in enumerate(commands.items())
        }
        figures = {name: [] for name in commands}
        for turn in range(starts + 1):
            for name, bridge in bridges.items():
                figure = bridge.first_list()
                bridge.stop()
                # The first start creates the database and reads the files from the disk.
                if turn > 0:
                    figures[name].append(figure)
    print("| command | first list after | processor time until then |\n| --- | --- | --- |")
    for name, measured in figures.items():
        walls, cpus = zip(*measured)
        print(f"| {name} | {spread(walls, 's')} | {spread(cpus, 's')} |")
    print(f"\nMedian of {starts} starts in turn (min to max); archive of {os.path.getsize(archive) / 1e6:.0f} MB; "
          f"load average at the end {os.getloadavg()[0]:.1f}.")


def flags(farm="F62", minutes=5):
    heap = "-Xmx64m" if farm in ("F12", "F62", "H62", "X62") else "-Xmx128m"
    kinds = [[heap], [heap, QUICK_COMPILER], ["-Xmx512m", "-Xms24m", "-XX:MaxNewSize=32m"]]
    with_farm(farm, lambda folder, printers, broker, started: compare(
        folder, printers, broker, kinds, minutes, started))


def with_farm(farm, measure):
    """Starts a broker and a farm, and calls measure(folder, file of the registrations, port of the broker, processes)."""
    with tempfile.TemporaryDirectory(prefix="printer2mqtt-bench-") as folder:
        broker = free_port()
        settings = os.path.join(folder, "mosquitto.conf")
        with open(settings, "w") as file:
            file.write(f"listener {broker} 127.0.0.1\nallow_anonymous true\n")
        mosquitto = shutil.which("mosquitto", path=os.environ["PATH"] + ":/usr/sbin")
        started = [subprocess.Popen([mosquitto, "-c", settings], stderr=subprocess.DEVNULL)]
        try:
            printers = os.path.join(folder, "printers.json")
            started.append(subprocess.Popen(
                [JAVA, *BASE, "-Xmx192m", "-cp", f"{JAR}:{TESTS}", "io.github.printer2mqtt.bench.farm.FarmMain", farm,
                 "--registrations", printers], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
            while not os.path.exists(printers) or not os.path.getsize(printers):
                time.sleep(0.1)
            time.sleep(1)
            measure(folder, printers, broker, started)
        finally:
            for process in reversed(started):
                process.terminate()
                process.wait(30)


def registered(folder, number, command, printers, broker):
    """A stopped bridge that polls the farm's printers every second once it is started."""
    states = ("printing", "preparing", "paused", "idle", "offline", "offline_max")
    bridge = Bridge(os.path.join(folder, str(number)), command, {
        "polling": {"interval": {state: "1s" for state in states}},
        "security": {"allow_loopback_printers": True},
        "mqtt": {"url": f"mqtt://127.0.0.1:{broker}", "base_topic": f"bench{number}"},
    })
    await_list(bridge.start(), bridge.port)
    with open(printers, "rb") as file:
        registrations = json.load(file)
    for first in range(0, len(registrations), 500):
        rows = json.dumps({"printers": registrations[first:first + 500]}).encode()
        answer = request(bridge.port, "POST /api/printers/import", rows)
        if not answer or answer[0] not in (200, 201):
            sys.exit(f"the printers were not imported: {answer}")
    bridge.stop()
    return bridge


def compare(folder, printers, broker, kinds, minutes, started):
    bridges = [registered(folder, number, java_jar(*options), printers, broker)
               for number, options in enumerate(kinds)]
    for bridge in bridges:
        started.append(bridge.start())
    began, spent, columns = time.monotonic(), [[0.0] for _ in bridges], []
    for minute in range(1, minutes + 1):
        time.sleep(max(0, began + 60 * minute - time.monotonic()))
        columns.append(f"minute {minute}")
        for cpu, bridge in zip(spent, bridges):
            cpu.append(cpu_seconds(bridge.process.pid))
    print(f"| options | {' | '.join(columns)} | resident |\n|{' --- |' * (len(columns) + 2)}")
    for options, cpu, bridge in zip(kinds, spent, bridges):
        shares = [f"{(after - before) / 0.6:.1f} %" for before, after in zip(cpu, cpu[1:])]
        print(f"| `{' '.join(options)}` | {' | '.join(shares)} | {resident_mb(bridge.process.pid):.0f} MB |")
    print(f"\nProcessor time in percent of one core, from the start of the process; load average {os.getloadavg()[0]:.1f}.")


class Quota:
    """A control group that gets a share of one core's time."""

    def __init__(self, share):
        old = "/sys/fs/cgroup/cpu"
        self.folder = os.path.join(old if os.path.isdir(old) else "/sys/fs/cgroup", f"printer2mqtt-{os.getpid()}")
        os.makedirs(self.folder)
        period, quota = 100_000, int(100_000 * share)
        if self.folder.startswith(old):
            self.write("cpu.cfs_period_us", period)
            self.write("cpu.cfs_quota_us", quota)
        else:
            self.write("cpu.max", f"{quota} {period}")

    def write(self, name, value):
        with open(os.path.join(self.folder, name), "w") as file:
            file.write(str(value))

    def command(self, command):
        return ["sh", "-c", f'echo $$ >{self.folder}/cgroup.procs && exec "$@"', "sh", *command]

    def close(self):
        os.rmdir(self.folder)


def weak():
    subprocess.run([SCRIPT, "archive"], check=True, stdout=subprocess.DEVNULL)
    print("| printers, heap | processor time | first list | every printer decided | list p50, p99 "
          "| minute 1 | minute 2 | minute 3 | resident |\n|" + " --- |" * 9)
    for farm, heap in (("F62", "-Xmx64m"), ("F1k", "-Xmx192m")):
        for share in (1.0, 0.5):
            with_farm(farm, lambda folder, printers, broker, started: weak_row(
                folder, printers, broker, started, farm, heap, share))
    print(f"\nProcessor time in percent of one core; load average {os.getloadavg()[0]:.1f}.")


def weak_row(folder, printers, broker, started, farm, heap, share):
    quota = Quota(share)
    try:
        options = f"JAVA_OPTS={heap} -XX:ActiveProcessorCount=4"
        bridge = registered(folder, 0, ["env", options, SCRIPT, "run"], printers, broker)
        bridge.command = quota.command(bridge.command)
        began = time.monotonic()
        first, _ = bridge.first_list()
        started.append(bridge.process)
        while json.loads(request(bridge.port, "GET /api/printers?fields=id")[1])["counts"]["unknown"]:
            time.sleep(0.05)
        decided = time.monotonic() - began
        spent = [0.0]
        for minute in (1, 2, 3):
            time.sleep(max(0, began + 60 * minute - time.monotonic()))
            spent.append(cpu_seconds(bridge.process.pid))
        times = []
        for _ in range(200):
            asked = time.monotonic()
            request(bridge.port, "GET /api/printers")
            times.append(1000 * (time.monotonic() - asked))
            time.sleep(0.02)
        times.sort()
        shares = " | ".join(f"{(after - before) / 0.6:.1f} %" for before, after in zip(spent, spent[1:]))
        print(f"| {farm}, `{heap}` | {share:g} of a core | {first:.1f} s | {decided:.1f} s "
              f"| {times[100]:.1f}, {times[197]:.1f} ms | {shares} | {resident_mb(bridge.process.pid):.0f} MB |",
              flush=True)
        bridge.stop()
    finally:
        quota.close()


if __name__ == "__main__":
    part, rest = sys.argv[1], sys.argv[2:]
    if part == "start":
        start(*map(int, rest[:1]))
    elif part == "weak":
        weak()
    else:
        flags(*rest[:1], *map(int, rest[1:2]))
