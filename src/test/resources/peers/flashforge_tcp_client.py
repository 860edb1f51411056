"""Prints what flashforge-python-api (PyPI) reads from an older FlashForge over TCP: model, state, file, progress and temperatures; then the light and the states after pausing and cancelling."""
import asyncio
import logging
import sys

from flashforge.tcp.a4_client import FlashForgeA4Client
from flashforge.tcp.tcp_client import FlashForgeTcpClientOptions

logging.disable(logging.CRITICAL)


async def machine(client):
    status = await client.get_endstop_status()
    return f"{status.machine_status.name} {status.move_mode.name}"


async def main(port):
    client = FlashForgeA4Client("127.0.0.1", FlashForgeTcpClientOptions(port=port))
    try:
        assert await client.init_control()
        info = await client.get_printer_info()
        status = await client.get_endstop_status()
        progress = await client.get_print_status()
        heaters = await client.get_temp_info()
        print(info.machine_type, info.firmware, info.tool_count)
        print(await machine(client), status.current_file, progress.get_print_percent(), progress.get_layer_progress())
        print(heaters.get_extruder_temp().get_set(), heaters.get_bed_temp().get_set())
        await client.led_off()
        print((await client.get_endstop_status()).led_enabled)
        await client.pause_job()
        print(await machine(client))
        await client.stop_job()
        print(await machine(client))
    finally:
        await client.dispose()


asyncio.run(main(int(sys.argv[1])))
