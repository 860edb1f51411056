"""Prints what moonraker-api (PyPI) reads from Moonraker: Klipper's state, that of the print, file, progress and target; then the state that is reported after pausing."""
import asyncio
import logging
import sys

from moonraker_api import MoonrakerClient, MoonrakerListener

logging.disable(logging.CRITICAL)


class Reports(MoonrakerListener):
    def __init__(self):
        self.states = asyncio.Queue()

    async def on_notification(self, method, data):
        if method == "notify_status_update" and "state" in data[0].get("print_stats", {}):
            await self.states.put(data[0]["print_stats"]["state"])


async def main(port):
    reports = Reports()
    client = MoonrakerClient(reports, "127.0.0.1", port, loop=asyncio.get_running_loop())
    await client.connect()
    try:
        objects = {"print_stats": None, "extruder": ["target"], "virtual_sdcard": ["progress"]}
        status = (await client.call_method("printer.objects.subscribe", objects=objects))["status"]
        print(await client.get_klipper_status(), "print_stats" in await client.get_supported_modules())
        print(status["print_stats"]["state"], status["print_stats"]["filename"],
              round(status["virtual_sdcard"]["progress"] * 100), status["extruder"]["target"])
        await client.call_method("printer.print.pause")
        print(await asyncio.wait_for(reports.states.get(), 10))
    finally:
        await client.disconnect()


asyncio.run(main(int(sys.argv[1])))
