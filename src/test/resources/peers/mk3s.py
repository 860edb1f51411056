"""A stand-in for a Prusa MK3S on a pseudo terminal: enough of its firmware's serial protocol for PrusaLink 0.8.

usage: mk3s.py LINK CONTROL

LINK becomes a symbolic link to the terminal. The folder CONTROL holds files that a test makes and removes: while `attention`
exists the printer waits for its user, while `silent` exists it says nothing.
"""
import contextlib
import os
import pty
import re
import sys
import threading
import time
import tty

AMBIENT = 22.0
DEGREES_PER_TICK = 20.0
TICK = 0.25
REPORT_SECONDS = 2
BUSY_SECONDS = 1.5
MOVE_SECONDS = 0.12
HOMING_SECONDS = 1.0
SERIAL_NUMBER = "CZPX1234X004XC12345"
UNKNOWN = (-1, -1, -1)
# Filament sensor, statistics and sheet names, as PrusaLink reads them with D3.
EEPROM = {
    0x0D05: bytes([0, 0, 0, 7]), 0x0FBB: b"\0", 0x0FFF: b"\0", 0x0DA1: b"\0", 0x0FF1: b"\x10\0\0\0",
    0x0FED: b"\x20\0\0\0"}
SHEET_NAMES = b"Smooth1\xff\xff\0\0" * 8


class Heater:
    def __init__(self):
        self.actual, self.target = AMBIENT, 0.0

    def tick(self):
        goal = self.target or AMBIENT
        self.actual += max(-DEGREES_PER_TICK, min(DEGREES_PER_TICK, goal - self.actual))

    def is_below_target(self):
        return self.actual < self.target - 1


class Mk3s:
    def __init__(self, terminal, control):
        self.terminal, self.control = terminal, control
        self.write_lock = threading.Lock()
        self.nozzle, self.bed = Heater(), Heater()
        self.speed = self.flow = 100
        # As PrusaLink wants them with M155, which it takes up to half a minute to send.
        self.reports = True
        self.is_paused = False
        self.progress = {"NORMAL": UNKNOWN, "SILENT": UNKNOWN}
        self.eeprom = dict(EEPROM)

    def wants(self, name):
        return os.path.exists(os.path.join(self.control, name))

    def say(self, line):
        if not self.wants("silent"):
            with self.write_lock:
                os.write(self.terminal, f"{line}\n".encode())

    def temperatures(self):
        nozzle, bed = self.nozzle, self.bed
        return (
            f"T:{nozzle.actual:.1f} /{nozzle.target:.1f} B:{bed.actual:.1f} /{bed.target:.1f} "
            f"T0:{nozzle.actual:.1f} /{nozzle.target:.1f} @:0 B@:0 P:0.0 A:31.2")

    def live(self):
        """Heats, and reports by itself unless M155 has turned that off."""
        reported = 0.0
        while True:
            time.sleep(TICK)
            self.nozzle.tick()
            self.bed.tick()
            if self.reports and time.monotonic() - reported > REPORT_SECONDS:
                reported = time.monotonic()
                self.say(self.temperatures())
                self.say("X:10.00 Y:20.00 Z:0.40 E:0.00 Count X: 10.00 Y:20.00 Z:0.40 E:0.00")
                self.say("E0:4200 RPM PRN1:0 RPM E0@:255 PRN1@:0")

    def hold(self, why, condition):
        """Repeats why it does not go on, as long as the condition holds."""
        said = 0.0
        while condition():
            if time.monotonic() - said > BUSY_SECONDS:
                self.say(f"echo:busy: {why}")
                said = time.monotonic()
            time.sleep(TICK)

    def serve(self):
        buffer = b""
        while True:
            try:
                buffer += os.read(self.terminal, 4096)
            except OSError:  # nobody has opened the terminal
                time.sleep(TICK)
                continue
            *lines, buffer = buffer.split(b"\n")
            for line in lines:
                command = re.sub(r"^N\d+ |\s*\*\d+$", "", line.decode("latin1").strip())
                if command and not command.startswith(";"):
                    self.run(command)

    def run(self, command):
        word, *parameters = command.split()
        if word == "M105":
            self.say(f"ok {self.temperatures()}")
            return
        self.reply(command, word, parameters)
        if word == "M109":
            self.hold("processing", self.nozzle.is_below_target)
        if word == "M190":
            self.hold("processing", self.bed.is_below_target)
        self.hold("paused for user", lambda: self.wants("attention"))
        self.say("ok")

    def reply(self, command, word, parameters):
        def number(*letters, default=0.0):
            return next((float(p[1:]) for p in parameters if p[0] in letters), default)

        if command.startswith("PRUSA Fir"):
            self.say("3.14.1-8237")
        elif command.startswith("PRUSA SN"):
            self.say(SERIAL_NUMBER)
        elif word == "M862.2" and "Q" in parameters:
            self.say("302")
        elif word == "M862.1" and "Q" in parameters:
            self.say("0.40")
        elif word == "D3":
            self.memory(command)
        elif word == "M420":
            self.say("Mesh bed leveling not active.")
        elif word == "M220":
            self.speed = int(number("S", default=self.speed))
            if not parameters:
                self.say(f"{self.speed}%")
        elif word == "M221":
            self.flow = int(number("S", default=self.flow))
            if not parameters:
                self.say(f"{self.flow}%")
        elif word == "M73":
            self.tell_progress(parameters, number)
        elif word == "M27":
            self.say("Print saved" if self.is_paused else "Not SD printing")
        elif word == "M20":
            self.say("Begin file list")
            self.say("End file list")
        elif word == "M21":
            self.say("echo:SD init fail")
        elif word == "M155":
            self.reports = number("S") > 0
        elif word in ("M104", "M109"):
            self.nozzle.target = number("S", "R")
        elif word in ("M140", "M190"):
            self.bed.target = number("S", "R")
        elif word == "M601":
            self.is_paused = True
            self.say("// action:paused")
        elif word == "M602":
            self.is_paused = False
            self.say("// action:resumed")
        elif word == "M603":
            self.stop()
        elif word == "G28":
            time.sleep(HOMING_SECONDS)
        elif word in ("G0", "G1"):
            time.sleep(MOVE_SECONDS)
        elif word == "M400":
            # PrusaLink sends it before the first line of a print, and breaks if it is confirmed before the file is chosen.
            time.sleep(MOVE_SECONDS)

    def memory(self, command):
        """Reads or writes the EEPROM."""
        address = int(re.search(r"Ax([0-9a-fA-F]+)", command)[1], 16)
        written = re.search(r" X([0-9a-fA-F ]+)", command)
        count = re.search(r" C(\d+)", command)
        if written:
            self.eeprom[address] = bytes.fromhex(written[1].replace(" ", ""))
        length = int(count[1]) if count else len(self.eeprom.get(address, b"\0"))
        content = self.eeprom.get(address) or SHEET_NAMES[:length]
        for start in range(0, length, 16):
            row = " ".join(f"{byte:02x}" for byte in content[start:start + 16])
            self.say(f"{address + start:04x}  {row}")

    def tell_progress(self, parameters, number):
        letters = {p[0] for p in parameters}
        if "P" in letters:
            self.progress["NORMAL"] = (int(number("P")), int(number("R", default=-1)), int(number("C", default=-1)))
        if "Q" in letters:
            self.progress["SILENT"] = (int(number("Q")), int(number("S", default=-1)), int(number("D", default=-1)))
        for mode, (percent, minutes, change) in self.progress.items():
            self.say(
                f"{mode} MODE: Percent done: {percent}; print time remaining in mins: {minutes}; "
                f"Change in mins: {change}")

    def stop(self):
        self.is_paused = False
        self.nozzle.target = self.bed.target = 0.0
        self.progress = {"NORMAL": UNKNOWN, "SILENT": UNKNOWN}
        self.say("// action:cancel")


def main():
    link, control = sys.argv[1:]
    terminal, device = pty.openpty()
    tty.setraw(terminal)
    tty.setraw(device)
    with contextlib.suppress(FileNotFoundError):
        os.unlink(link)
    os.symlink(os.ttyname(device), link)
    printer = Mk3s(terminal, control)
    threading.Thread(target=printer.live, daemon=True).start()
    printer.serve()


if __name__ == "__main__":
    main()
