"""Prints what flashforge-python-api (PyPI) reads from a FlashForge: model, state, file and progress; then the states after pausing and cancelling."""
import asyncio
import logging
import sys

from flashforge import FiveMClientConnectionOptions, FlashForgeClient, FlashForgeResponseError

logging.disable(logging.CRITICAL)


async def main(port, serial, code):
    options = FiveMClientConnectionOptions(http_port=port, http_only=True)
    client = FlashForgeClient("127.0.0.1", serial, code, options)
    try:
        try:
            info = await client.info.get()
        except FlashForgeResponseError:  # its way to report a refusal without a status
            print("refused")
            return
        print(info.model, info.machine_state.name, info.print_file_name, round(info.print_progress_int))
        print(info.extruder.set, info.print_bed.set, info.lights_on)
        for command in (client.job_control.pause_print_job, client.job_control.cancel_print_job):
            await command()
            print((await client.info.get()).machine_state.name)
    finally:
        await client.dispose()


asyncio.run(main(int(sys.argv[1]), sys.argv[2], sys.argv[3]))
