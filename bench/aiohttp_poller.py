"""The reference in Python: polls all printers concurrently in rounds and publishes with QoS 0.

usage: aiohttp_poller.py REGISTRATIONS.json INTERVAL_MS BROKER_PORT
It sends the same requests as the minimal poller, without state or API. MQTT packets are written directly, which costs less
than a client library.
"""
import asyncio
import json
import sys

import aiohttp

QUERY = {"objects": {"webhooks": None, "print_stats": None, "virtual_sdcard": None, "extruder": None, "heater_bed": None}}


def remaining_length(size):
    out = bytearray()
    while True:
        size, digit = size >> 7, size & 0x7F
        out.append(digit | (0x80 if size else 0))
        if not size:
            return bytes(out)


def packet(first, body):
    return bytes([first]) + remaining_length(len(body)) + body


def text(value):
    data = value.encode()
    return len(data).to_bytes(2, "big") + data


async def reading(session, printer):
    address, headers = printer["address"], {"X-Api-Key": printer["credentials"]["api_key"]}

    async def get(path):
        async with session.get(address + path, headers=headers) as answer:
            return await answer.json(content_type=None)

    if printer["driver"] == "octoprint":
        job, now = await get("/api/job"), await get("/api/printer?exclude=sd")
        heaters = now["temperature"]
        return job["state"], heaters["bed"]["actual"], heaters["tool0"]["actual"], job["progress"]["completion"]
    if printer["driver"] == "moonraker":
        async with session.post(address + "/printer/objects/query", json=QUERY, headers=headers) as answer:
            status = (await answer.json(content_type=None))["result"]["status"]
        return (status["print_stats"]["state"], status["heater_bed"]["temperature"], status["extruder"]["temperature"],
                status["virtual_sdcard"]["progress"])
    status = await get("/api/v1/status")
    return (status["printer"]["state"], status["printer"]["temp_bed"], status["printer"]["temp_nozzle"],
            status["job"]["progress"])


async def poll(session, printer, broker):
    try:
        state, bed, nozzle, progress = await reading(session, printer)
    except (aiohttp.ClientError, asyncio.TimeoutError, OSError, ValueError, KeyError, TypeError):
        return
    status = json.dumps({"state": state, "bed": {"actual": round(bed, 1)}, "nozzle": {"actual": nozzle},
                         "progress": progress}, separators=(",", ":"))
    broker.write(packet(0x30, text("printer2mqtt/printers/%s/state" % printer["id"]) + status.encode()))


async def main():
    with open(sys.argv[1]) as file:
        printers = json.load(file)
    interval, port = int(sys.argv[2]) / 1000, int(sys.argv[3])
    _, broker = await asyncio.open_connection("127.0.0.1", port)
    broker.write(packet(0x10, text("MQTT") + bytes([4, 2, 0, 0]) + text("aiohttp")))
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector, timeout=aiohttp.ClientTimeout(total=1)) as session:
        clock = asyncio.get_running_loop()
        due = clock.time()
        while True:
            await asyncio.gather(*(poll(session, printer, broker) for printer in printers))
            due = max(due + interval, clock.time())
            await asyncio.sleep(due - clock.time())


asyncio.run(main())
