"""The load of crash.py in two processes: a flood of MQTT requests with unfinished HTTP requests, and a dashboard that measures
its lists."""
import asyncio
import http.client
import os
import time

from crash_mqtt import MqttClient

REQUESTS_A_SECOND = 2000
FLOOD_TICK_SECONDS = 0.02
UNFINISHED_HEADS, UNFINISHED_BODIES = 150, 10
# An address different from that of the well-behaved clients.
ATTACKER = "127.0.0.9"
LIST_PAUSE_SECONDS = 0.05


async def flood(broker, base):
    client = await MqttClient.connect(broker, "crash-flood")
    while True:
        for _ in range(int(REQUESTS_A_SECOND * FLOOD_TICK_SECONDS)):
            client.publish(f"{base}/bridge/request/health_check", b"")
        await client.writer.drain()
        await asyncio.sleep(FLOOD_TICK_SECONDS)


async def unfinished(port, first):
    """Sends the start of a request, then single bytes slowly."""
    while True:
        try:
            _, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(ATTACKER, 0))
            writer.write(first)
            while True:
                await asyncio.sleep(1)
                writer.write(b"a")
                await writer.drain()
        except OSError:
            await asyncio.sleep(0.5)


def make_load(port, broker, base):
    head = f"GET /api/printers HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nX-Long: ".encode() + b"x" * 4000
    body = (f"POST /api/printers/import HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n"
            "Content-Length: 1000000\r\n\r\n").encode() + b"[" + b" " * 500_000

    async def all_of_it():
        await asyncio.gather(
            flood(broker, base),
            *(unfinished(port, head) for _ in range(UNFINISHED_HEADS)),
            *(unfinished(port, body) for _ in range(UNFINISHED_BODIES)))

    asyncio.run(all_of_it())


def list_latencies(port, windows, latencies):
    """Requests the list while the bridge is ready, and records each response time in milliseconds."""
    os.nice(-5) if os.geteuid() == 0 else None
    while True:
        windows.wait()
        client = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        taken = []
        try:
            while windows.is_set():
                began = time.perf_counter()
                client.request("GET", "/api/printers")
                client.getresponse().read()
                taken.append((time.perf_counter() - began) * 1000)
                time.sleep(LIST_PAUSE_SECONDS)
        except (OSError, http.client.HTTPException):
            pass  # killed
        finally:
            client.close()
            latencies.extend(taken)
