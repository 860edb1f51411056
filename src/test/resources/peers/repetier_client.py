"""Prints what pyrepetier (PyPI) reads from a Repetier-Server: its version, then slug, job and progress of each printer."""
import sys

import pyrepetier

server = pyrepetier.Repetier(url="http://127.0.0.1", port=int(sys.argv[1]), apikey=sys.argv[2])
if not server.getprinters():
    print("refused")
    sys.exit()
print(server.info().version)
for printer in server.getprinters():
    printer.get_data()
    print(printer.slug, printer.job, printer.done and round(printer.done), printer.extruder[0].tempset)
