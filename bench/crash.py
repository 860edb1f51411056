"""Kills the bridge repeatedly while printers print and are registered, removed and renamed, with a flood of MQTT requests and
unfinished HTTP requests. Exits with 1 if an acknowledged change is lost, or an event is wrong, duplicated or missing.

usage: crash.py [KILLS [MINUTES]]   default: 100 kills, at most 15 minutes. Needs target/printer2mqtt.jar and mosquitto,
and no package from PyPI
"""
import asyncio
import json
import multiprocessing
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from crash_load import list_latencies, make_load
from crash_mqtt import MqttClient

BASE_TOPIC = "printer2mqtt"
PRINTERS = 20
HTTP, BROKER, FIRST_PRINTER = 28080, 28083, 28100
JAVA = ["java", "-XX:+ExitOnOutOfMemoryError", "-XX:+UseSerialGC", "-Xmx64m", "-jar", "target/printer2mqtt.jar", "run"]
# Events of polls answered this long before the kill must have arrived.
EVENT_SECONDS = 1.5
UNPOLLED_SECONDS = 3.0
BETWEEN_CHANGES_SECONDS = 0.25


class Printer:
    """A Moonraker that prints file after file and records the events that its responses must cause."""

    def __init__(self, slot):
        self.slot, self.prints = slot, 0
        self.state, self.file, self.until = "standby", "", time.monotonic() + random.uniform(1, 3)
        self.polled = 0.0
        self.forget()
        self.due = []  # (type, file, when)
        self.happened = set()  # (type, file)

    def forget(self):
        """Marks the next response as the first of a session."""
        self.answered = None

    def advance(self):
        now = time.monotonic()
        if now < self.until:
            return
        if self.state == "printing":
            self.state, self.until = "complete", now + random.uniform(1.5, 2.5)
            self.happened.add(("print_finished", self.file))
        else:
            self.prints += 1
            self.state, self.file = "printing", f"p{self.slot}-{self.prints}.gcode"
            self.until = now + random.uniform(2, 4)
            self.happened.add(("print_started", self.file))

    def status(self):
        self.advance()
        self.polled = time.monotonic()
        if self.answered not in (None, (self.state, self.file)):
            kind = "print_started" if self.state == "printing" else "print_finished"
            self.due.append((kind, self.file, self.polled))
        self.answered = (self.state, self.file)
        done = 0.5 if self.state == "printing" else 1.0
        return {"result": {"eventtime": 1.0, "status": {
            "webhooks": {"state": "ready", "state_message": "Printer is ready"},
            "print_stats": {
                "filename": self.file, "state": self.state, "total_duration": 5.0, "print_duration": 5.0, "message": "",
                "info": {"total_layer": None, "current_layer": None}},
            "virtual_sdcard": {"progress": done, "file_position": 0, "file_size": 1000},
            "display_status": {"progress": done, "message": None}, "idle_timeout": {"state": "Idle"},
            "pause_resume": {"is_paused": False},
            "extruder": {"temperature": random.uniform(200, 210), "target": 205.0},
            "heater_bed": {"temperature": 60.0, "target": 60.0}}}}

    async def serve(self, reader, writer):
        try:
            while line := await reader.readline():
                length = 0
                while (header := await reader.readline()) not in (b"\r\n", b""):
                    name, _, value = header.decode("latin1").partition(":")
                    length = int(value) if name.lower() == "content-length" else length
                await reader.readexactly(length)
                known = b"/printer/objects/query" in line
                body = json.dumps(self.status() if known else {"error": {"code": 404, "message": "Not Found"}}).encode()
                writer.write(b"HTTP/1.1 %d -\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % (
                    200 if known else 404, len(body)) + body)
                await writer.drain()
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # the bridge was killed, or the run is over
        finally:
            writer.close()


async def request(method, path, body=None):
    """Status code and JSON of a response of the bridge."""
    reader, writer = await asyncio.open_connection("127.0.0.1", HTTP)
    try:
        data = b"" if body is None else json.dumps(body).encode()
        kind = "merge-patch+json" if method == "PATCH" else "json"
        writer.write(f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{HTTP}\r\nConnection: close\r\nContent-Type: "
                     f"application/{kind}\r\nContent-Length: {len(data)}\r\n\r\n".encode() + data)
        answer = await asyncio.wait_for(reader.read(), 20)
        head, _, content = answer.partition(b"\r\n\r\n")
        if not head:
            raise ConnectionError("closed without an answer")
        return int(head.split()[1]), json.loads(content) if content else None
    finally:
        writer.close()


class Run:
    def __init__(self, folder):
        self.folder = folder
        self.printers = [Printer(slot) for slot in range(PRINTERS)]
        self.names = {}  # slot -> name, as acknowledged
        self.unsure = {}  # slot -> names it may have, None for none, of a change that was not acknowledged
        self.removed_at = {}
        self.registered_at = {}
        self.events = []
        self.faults = []
        self.counts = {"201": 0, "200": 0, "204": 0, "not acknowledged": 0, "starts": 0, "events due": 0}
        self.starts = []
        self.bridge = None
        self.serial = 0

    def heard(self, topic, payload):
        self.events.append((topic, json.loads(payload)))

    async def start(self):
        for printer in self.printers:
            printer.forget()
        began = time.monotonic()
        with open(os.path.join(self.folder, "log"), "ab") as log:
            jar = os.path.abspath(JAVA[-2])
            self.bridge = subprocess.Popen([*JAVA[:-2], jar, "run"], cwd=self.folder, stdout=log, stderr=log)
        while True:
            if self.bridge.poll() is not None:
                raise SystemExit("the bridge did not start, see " + self.folder)
            try:
                if (await request("GET", "/health/ready"))[0] == 200:
                    break
            except OSError:
                pass
            if time.monotonic() - began > 60:
                raise SystemExit("the bridge is not ready, see " + self.folder)
            await asyncio.sleep(0.05)
        self.starts.append(time.monotonic() - began)
        self.counts["starts"] += 1

    async def check_registry(self):
        _, listed = await request("GET", "/api/printers")
        found = {int(p["id"][1:]): p["name"] for p in listed["printers"]}
        for slot in range(PRINTERS):
            allowed = self.unsure.get(slot, {self.names.get(slot)})
            if found.get(slot) not in allowed:
                self.faults.append(f"p{slot} is {found.get(slot)}, acknowledged was {allowed}")
        self.names, self.unsure = found, {}

    async def change(self):
        """Registers, renames or removes a printer."""
        slot = random.randrange(PRINTERS)
        self.serial += 1
        name, before, printer = f"name {self.serial}", self.names.get(slot), self.printers[slot]
        remove = before is not None and random.random() < 0.2 and len(self.names) > PRINTERS // 2
        after = None if remove else name
        self.unsure[slot] = {before, after}
        if before is None:
            printer.forget()
            code, answer = await request("POST", "/api/printers", {
                "id": f"p{slot}", "name": name, "driver": "moonraker", "address": f"127.0.0.1:{FIRST_PRINTER + slot}"})
            self.registered_at[slot] = time.monotonic()
        elif remove:
            self.removed_at[slot] = time.monotonic()
            code, answer = await request("DELETE", f"/api/printers/p{slot}")
            printer.forget()
        else:
            code, answer = await request("PATCH", f"/api/printers/p{slot}", {"name": name})
        if code not in (200, 201, 204):
            self.faults.append(f"a change of p{slot} was answered {code}: {answer}")
            return
        del self.unsure[slot]
        self.counts[str(code)] += 1
        if after is None:
            del self.names[slot]
        else:
            self.names[slot] = after

    async def live(self, seconds):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                await asyncio.wait_for(self.change(), max(0.1, end - time.monotonic()))
            except (OSError, asyncio.TimeoutError):
                self.counts["not acknowledged"] += 1
            await asyncio.sleep(BETWEEN_CHANGES_SECONDS)

    async def kill(self):
        now = time.monotonic()
        for slot in self.names:
            printer = self.printers[slot]
            if slot not in self.unsure and now - max(printer.polled, self.registered_at.get(slot, 0)) > UNPOLLED_SECONDS:
                self.faults.append(f"p{slot} was not polled for {now - printer.polled:.1f} s")
        self.bridge.send_signal(signal.SIGKILL)
        self.bridge.wait()
        await asyncio.sleep(0.3)
        arrived = {(body["event_type"], (body.get("job") or {}).get("file")) for _, body in self.events}
        for printer in self.printers:
            for kind, file, when in printer.due:
                gone = self.removed_at.get(printer.slot, 0)
                if when < now - EVENT_SECONDS and not when - 0.5 < gone < when + EVENT_SECONDS:
                    self.counts["events due"] += 1
                    if (kind, file) not in arrived:
                        self.faults.append(f"{kind} of {file} did not arrive")
            printer.due = []

    def check_events(self):
        happened = set().union(*(printer.happened for printer in self.printers))
        ids, seen = set(), set()
        for _, body in self.events:
            kind, file = body["event_type"], (body.get("job") or {}).get("file")
            if body["event_id"] in ids:
                self.faults.append(f"{body['event_id']} came twice")
            if (kind, file) in seen:
                self.faults.append(f"{kind} of {file} came twice")
            if (kind, file) not in happened:
                self.faults.append(f"{kind} of {file} did not happen: {body}")
            ids.add(body["event_id"])
            seen.add((kind, file))


async def run(kills, minutes, folder, windows, latencies):
    crash = Run(folder)
    for printer in crash.printers:
        await asyncio.start_server(printer.serve, "127.0.0.1", FIRST_PRINTER + printer.slot)
    subscriber = await MqttClient.connect(BROKER, "crash-events")
    await subscriber.subscribe(f"{BASE_TOPIC}/printers/+/event", crash.heard)
    end = time.monotonic() + minutes * 60
    done = 0
    while done < kills and time.monotonic() < end:
        await crash.start()
        await crash.check_registry()
        windows.set()
        await crash.live(random.uniform(2.5, 4.5))
        windows.clear()
        await crash.kill()
        done += 1
        if done % 10 == 0:
            print(f"{done} kills, {len(crash.events)} events, {len(crash.faults)} faults", file=sys.stderr, flush=True)
    await crash.start()
    await crash.check_registry()
    crash.bridge.terminate()
    crash.bridge.wait()
    crash.check_events()
    report(crash, done, sorted(latencies))
    return not crash.faults and done > 0


def report(crash, done, latencies):
    def at(values, share):
        return values[min(len(values) - 1, int(len(values) * share))] if values else float("nan")

    starts = sorted(crash.starts)
    if at(latencies, 0.99) > 50:
        crash.faults.append(f"list p99 {at(latencies, 0.99):.1f} ms, expected at most 50 ms")
    print(f"- {done} kills; registered {crash.counts['201']}, renamed {crash.counts['200']}, removed {crash.counts['204']}, "
          f"not acknowledged {crash.counts['not acknowledged']}")
    print(f"- {len(crash.events)} events arrived, {crash.counts['events due']} of them required")
    print(f"- {len(latencies)} lists: p50 {at(latencies, .5):.1f} ms, p99 {at(latencies, .99):.1f} ms, "
          f"longest {at(latencies, 1):.1f} ms")
    print(f"- ready after p50 {at(starts, .5):.1f} s, longest {at(starts, 1):.1f} s")
    for fault in crash.faults[:30]:
        print("- FAULT:", fault)
    print(f"{len(crash.faults)} fault(s).")


def main():
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    minutes = float(sys.argv[2]) if len(sys.argv) > 2 else 15
    folder = tempfile.mkdtemp(prefix="printer2mqtt-crash-")
    with open(os.path.join(folder, "config.json"), "w", encoding="utf-8") as config:
        interval = {state: "500ms" for state in ("printing", "preparing", "paused", "idle", "offline")}
        json.dump({
            "http": {"port": HTTP}, "mqtt": {"url": f"mqtt://127.0.0.1:{BROKER}", "base_topic": BASE_TOPIC},
            "polling": {"timeout": "3s", "interval": interval}, "security": {"allow_loopback_printers": True}}, config)
    with open(os.path.join(folder, "mosquitto.conf"), "w", encoding="utf-8") as config:
        config.write(f"listener {BROKER} 127.0.0.1\nallow_anonymous true\nmax_queued_messages 0\n")
    program = shutil.which("mosquitto") or "/usr/sbin/mosquitto"
    broker = subprocess.Popen([program, "-c", os.path.join(folder, "mosquitto.conf")], stderr=subprocess.DEVNULL)
    time.sleep(1)
    with multiprocessing.Manager() as manager:
        windows, latencies = manager.Event(), manager.list()
        helpers = [
            multiprocessing.Process(target=make_load, args=(HTTP, BROKER, BASE_TOPIC), daemon=True),
            multiprocessing.Process(target=list_latencies, args=(HTTP, windows, latencies), daemon=True)]
        for helper in helpers:
            helper.start()
        try:
            good = asyncio.run(run(kills, minutes, folder, windows, latencies))
        finally:
            for helper in helpers:
                helper.kill()
            broker.terminate()
    if good:
        shutil.rmtree(folder)
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
