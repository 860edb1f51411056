"""Prints what sdcp-printer (PyPI) reads from an Elegoo: machine, layer of layers, times and file."""
import asyncio
import logging
import sys

import sdcp_printer
from sdcp_printer import SDCPPrinter

logging.disable(logging.CRITICAL)  # it does not know the steps of the Centauri
sdcp_printer.PRINTER_PORT = int(sys.argv[1])
printer = SDCPPrinter("id", "127.0.0.1", "0a1b2c3d0103147000001c0000000000")
asyncio.run(printer.refresh_status_async(timeout=10))
print([status.name for status in printer.current_status], printer.is_printing)
print(printer.current_layer, printer.total_layers, round(printer.current_time), round(printer.total_time), printer.file_name)
