"""Measures a view of several sites: bench/run sites [sites] [printers].

A mosquitto with its default queue has the retained topics of that many bridges, by default 10 of 1,000 printers each. A bridge
that shows them is started: seconds from the start of its process until every printer is listed as reached, live heap after a
full collection, and processor time while 100 statuses a second change.
"""

import asyncio
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

from crash_mqtt import MqttClient, packet, text
from jvm import JAR, SCRIPT, Bridge, cpu_seconds, free_port, request, resident_mb

CHANGES_A_SECOND = 100
CHANGING_SECONDS = 60
LIMIT_SECONDS = 120
STATUS = "src/test/resources/golden/status-printing.json"


def printer_id(i):
    return f"printer-{i:04d}"


class Publisher:
    """Publishes as the bridges of the sites do."""

    def __init__(self, client):
        self.client = client
        with open(STATUS) as file:
            self.status = json.load(file)

    async def retained(self, topic, document):
        self.client.writer.write(packet(0x31, text(topic) + json.dumps(document).encode()))
        await self.client.writer.drain()

    async def state(self, site, i, nozzle=214.8):
        self.status.update(id=printer_id(i), name=f"Printer {i}")
        self.status["temperatures"]["nozzle"]["actual"] = nozzle
        await self.retained(f"{site}/printers/{printer_id(i)}/state", self.status)

    async def everything(self, sites, printers):
        for site in sites:
            await self.retained(f"{site}/bridge/state", {"state": "online"})
            await self.retained(f"{site}/bridge/printers", [{"id": printer_id(i)} for i in range(printers)])
            for i in range(printers):
                await self.state(site, i)

    async def change(self, sites, printers, seconds):
        end = time.monotonic() + seconds
        turn = 0
        while time.monotonic() < end:
            for _ in range(CHANGES_A_SECOND // 10):
                await self.state(sites[turn % len(sites)], turn // len(sites) % printers, 200 + turn % 50)
                turn += 1
            await asyncio.sleep(0.1)


def shown(bridge):
    answer = request(bridge.port, "GET /api/sites")
    if not answer or answer[0] != 200:
        return 0
    return sum(site["printers"] for site in json.loads(answer[1])["sites"] if site["reachable"])


async def await_complete(bridge, expected, began):
    while time.monotonic() - began < LIMIT_SECONDS:
        if await asyncio.to_thread(shown, bridge) == expected:
            return time.monotonic() - began
        await asyncio.sleep(0.02)
    sys.exit(f"{shown(bridge)} of {expected} printers after {LIMIT_SECONDS} s")


def live_heap_mb(pid):
    """After a full collection, which the histogram of live objects makes."""
    histogram = subprocess.run(["jcmd", str(pid), "GC.class_histogram"], check=True, capture_output=True, text=True).stdout
    return int(re.search(r"^Total +\d+ +(\d+)", histogram, re.MULTILINE).group(1)) / 1e6


async def measure(folder, broker, sites, printers):
    names = [f"site-{number}" for number in range(sites)]
    publisher = Publisher(await MqttClient.connect(broker, "sites-bench"))
    await publisher.everything(names, printers)
    await asyncio.sleep(2)
    bridge = Bridge(os.path.join(folder, "view"), [SCRIPT, "run"], {
        "mqtt": {"url": f"mqtt://127.0.0.1:{broker}"},
        "sites": [{"name": name, "base_topic": name} for name in names],
    })
    began = time.monotonic()
    process = bridge.start()
    complete = await await_complete(bridge, sites * printers, began)
    start_cpu = cpu_seconds(process.pid)
    heap = live_heap_mb(process.pid)
    before = cpu_seconds(process.pid)
    await publisher.change(names, printers, CHANGING_SECONDS)
    share = (cpu_seconds(process.pid) - before) / CHANGING_SECONDS * 100
    print("| sites | complete after | processor time until then | live heap | resident | with "
          f"{CHANGES_A_SECOND} changes a second |\n| --- | --- | --- | --- | --- | --- |\n"
          f"| {sites} of {printers} printers | {complete:.2f} s | {start_cpu:.1f} s | {heap:.0f} MB, "
          f"{live_heap_mb(process.pid):.0f} MB after the changes | {resident_mb(process.pid):.0f} MB | {share:.1f} % of a core |\n\n"
          f"Load average at the end {os.getloadavg()[0]:.1f}.")
    bridge.stop()


def main(sites=10, printers=1000):
    assert os.path.exists(JAR), "build the jar first"
    subprocess.run([SCRIPT, "archive"], check=True, capture_output=True)
    with tempfile.TemporaryDirectory(prefix="printer2mqtt-bench-") as folder:
        port = free_port()
        settings = os.path.join(folder, "mosquitto.conf")
        with open(settings, "w") as file:
            file.write(f"listener {port} 127.0.0.1\nallow_anonymous true\n")
        mosquitto = shutil.which("mosquitto", path=os.environ["PATH"] + ":/usr/sbin")
        broker = subprocess.Popen([mosquitto, "-c", settings], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            time.sleep(1)
            asyncio.run(measure(folder, port, sites, printers))
        finally:
            broker.terminate()
            broker.wait(10)


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
