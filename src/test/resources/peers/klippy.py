"""A stand-in for Klippy, Klipper's host program, on the Unix socket that Moonraker connects to.

usage: klippy.py SOCKET GCODES

It prints files of the folder GCODES: a file takes the sum of its G4 P waits, after the heaters have reached the targets of
its M104 and M140. Besides the G-code that Moonraker and the bridge send it knows two words of its own, FILAMENT_RUNOUT and
LOSE_MCU, which make happen what they say.
"""
import asyncio
import contextlib
import json
import os
import re
import sys
import time

END = b"\x03"
TICK = 0.1
# A print heats up for longer than two polls take.
DEGREES_PER_SECOND = 80.0
AMBIENT = 22.0
STARTUP_SECONDS = 0.5
# Klipper reports 0.0 for a moment after it is ready, before its first measurement.
UNMEASURED_SECONDS = 0.8
# After a shutdown the job's state turns to paused, although nobody paused it.
PAUSE_AFTER_SHUTDOWN_SECONDS = 0.3

RESTART_ADVICE = (
    "Once the underlying issue is corrected, use the\n\"FIRMWARE_RESTART\" command to reset the firmware, reload the\n"
    "config, and restart the host software.\nPrinter is shutdown\n"
)
ENDPOINTS = [
    "info", "emergency_stop", "list_endpoints", "objects/list", "objects/query", "objects/subscribe", "gcode/help",
    "gcode/script", "gcode/restart", "gcode/firmware_restart", "gcode/subscribe_output", "register_remote_method",
    "pause_resume/pause", "pause_resume/resume", "pause_resume/cancel", "query_endstops/status",
]


class CommandError(Exception):
    """Klipper refuses a command with this text."""


class Job:
    """One print of a file."""

    def __init__(self, folder, name):
        self.name = name
        self.path = os.path.join(folder, name)
        try:
            with open(self.path, encoding="utf-8") as file:
                text = file.read()
        except FileNotFoundError:
            raise CommandError("Unable to open file") from None
        self.size = len(text.encode())
        self.seconds = sum(int(wait) for wait in re.findall(r"^G4 P(\d+)", text, re.M)) / 1000 or 1.0
        self.nozzle = first_number(r"^M104 S(\d+)", text)
        self.bed = first_number(r"^M140 S(\d+)", text)
        self.began = time.monotonic()
        self.done = 0.0

    @property
    def fraction(self):
        return min(1.0, self.done / self.seconds)


def first_number(pattern, text):
    found = re.search(pattern, text, re.M)
    return float(found[1]) if found else 0.0


class Printer:
    """Klipper's objects, and what moves them."""

    def __init__(self, gcodes):
        self.gcodes = gcodes
        self.job = None
        self.ready_at = time.monotonic() + STARTUP_SECONDS
        self.shutdown_at = None
        self.measured = {"extruder": AMBIENT, "heater_bed": AMBIENT}
        self.objects = {
            "webhooks": {"state": "startup", "state_message": "Printer is not ready"},
            "print_stats": {
                "filename": "", "total_duration": 0.0, "print_duration": 0.0, "filament_used": 0.0, "state": "standby",
                "message": "", "info": {"total_layer": None, "current_layer": None}},
            "virtual_sdcard": {
                "file_path": None, "progress": 0.0, "is_active": False, "file_position": 0, "file_size": 0},
            "display_status": {"progress": 0.0, "message": None},
            "extruder": {"temperature": 0.0, "target": 0.0, "power": 0.0, "can_extrude": False},
            "heater_bed": {"temperature": 0.0, "target": 0.0, "power": 0.0},
            # Moonraker subscribes to these; without them it does not notice prints.
            "heaters": {
                "available_heaters": ["heater_bed", "extruder"], "available_sensors": ["heater_bed", "extruder"],
                "available_monitors": []},
            "gcode_move": {"speed_factor": 1.0, "speed": 1500.0, "extrude_factor": 1.0},
            "fan": {"speed": 0.0, "rpm": None},
            "toolhead": {"homed_axes": "", "print_time": 0.0, "extruder": "extruder"},
            "pause_resume": {"is_paused": False},
            "idle_timeout": {"state": "Idle", "printing_time": 0.0},
            "configfile": {
                "config": {"virtual_sdcard": {"path": gcodes}}, "settings": {}, "warnings": [],
                "save_config_pending": False},
        }

    def tick(self):
        now = time.monotonic()
        webhooks = self.objects["webhooks"]
        if webhooks["state"] == "startup" and now >= self.ready_at:
            webhooks.update(state="ready", state_message="Printer is ready")
        if self.shutdown_at is not None and now >= self.shutdown_at + PAUSE_AFTER_SHUTDOWN_SECONDS:
            if self.objects["print_stats"]["state"] == "printing":
                self.objects["print_stats"]["state"] = "paused"
                self.objects["virtual_sdcard"]["is_active"] = False
        if webhooks["state"] == "ready":
            self.heat(now)
            self.print()

    def heat(self, now):
        for name, actual in self.measured.items():
            heater = self.objects[name]
            goal = heater["target"] or AMBIENT
            step = DEGREES_PER_SECOND * TICK
            self.measured[name] = actual + max(-step, min(step, goal - actual))
            heater["temperature"] = 0.0 if now < self.ready_at + UNMEASURED_SECONDS else round(self.measured[name], 2)

    def print(self):
        job, stats = self.job, self.objects["print_stats"]
        if job is None:
            return
        stats["total_duration"] = round(time.monotonic() - job.began, 3)
        if stats["state"] != "printing" or not self.is_hot():
            return
        job.done += TICK
        stats["print_duration"] = round(job.done, 3)
        stats["filament_used"] = round(job.done * 8, 2)
        self.objects["virtual_sdcard"].update(progress=job.fraction, file_position=int(job.fraction * job.size))
        self.objects["display_status"]["progress"] = job.fraction
        if job.fraction >= 1:
            self.end("complete")

    def is_hot(self):
        return all(actual >= self.objects[name]["target"] - 1 for name, actual in self.measured.items())

    def start(self, name):
        if self.job is not None:
            raise CommandError("SD busy")
        self.job = job = Job(self.gcodes, name)
        self.objects["print_stats"].update(
            filename=name, state="printing", total_duration=0.0, print_duration=0.0, filament_used=0.0, message="")
        self.objects["virtual_sdcard"].update(
            file_path=job.path, is_active=True, file_size=job.size, progress=0.0, file_position=0)
        self.objects["extruder"]["target"], self.objects["heater_bed"]["target"] = job.nozzle, job.bed
        self.objects["idle_timeout"]["state"] = "Printing"
        self.objects["toolhead"]["homed_axes"] = "xyz"

    def pause(self):
        if self.objects["pause_resume"]["is_paused"]:
            raise CommandError("Print already paused")
        self.objects["pause_resume"]["is_paused"] = True
        if self.job is not None:
            self.objects["print_stats"]["state"] = "paused"
            self.objects["virtual_sdcard"]["is_active"] = False

    def resume(self):
        if not self.objects["pause_resume"]["is_paused"]:
            raise CommandError("Print is not paused, resume aborted")
        self.objects["pause_resume"]["is_paused"] = False
        self.objects["display_status"]["message"] = None
        if self.job is not None:
            self.objects["print_stats"]["state"] = "printing"
            self.objects["virtual_sdcard"]["is_active"] = True

    def cancel(self):
        if self.job is not None:
            self.end("cancelled")
            self.objects["virtual_sdcard"].update(file_path=None, file_size=0, progress=0.0, file_position=0)
        self.objects["pause_resume"]["is_paused"] = False

    def end(self, state):
        self.job = None
        self.objects["print_stats"]["state"] = state
        self.objects["virtual_sdcard"]["is_active"] = False
        self.objects["idle_timeout"]["state"] = "Ready"
        self.objects["extruder"]["target"] = self.objects["heater_bed"]["target"] = 0.0

    def shut_down(self, reason):
        self.objects["webhooks"].update(state="shutdown", state_message=f"{reason}\n{RESTART_ADVICE}")
        self.shutdown_at = time.monotonic()

    def run(self, script):
        """Runs the lines of a G-code script."""
        if self.objects["webhooks"]["state"] != "ready":
            raise CommandError(self.objects["webhooks"]["state_message"])
        for line in filter(None, map(str.strip, script.splitlines())):
            word = line.split()[0].upper()
            if word not in self.COMMANDS:
                raise CommandError(f"Unknown command:\"{word}\"")
            self.COMMANDS[word](self, line)

    def run_out(self, _line):
        self.pause()
        self.objects["display_status"]["message"] = "Filament runout"

    def set_target(self, line):
        heater = re.search(r"HEATER=(\S+)", line)[1] if "HEATER=" in line else {
            "M104": "extruder", "M140": "heater_bed"}[line.split()[0].upper()]
        self.objects[heater]["target"] = first_number(r"(?:TARGET=|S)(\d+\.?\d*)$", line)

    COMMANDS = {
        "SDCARD_PRINT_FILE": lambda self, line: self.start(re.search(r'FILENAME="(.*)"', line)[1]),
        "SDCARD_RESET_FILE": lambda self, line: None,
        "PAUSE": lambda self, line: self.pause(),
        "RESUME": lambda self, line: self.resume(),
        "CANCEL_PRINT": lambda self, line: self.cancel(),
        "M104": set_target,
        "M140": set_target,
        "SET_HEATER_TEMPERATURE": set_target,
        "G28": lambda self, line: self.objects["toolhead"].update(homed_axes="xyz"),
        "FILAMENT_RUNOUT": run_out,
        "LOSE_MCU": lambda self, line: self.shut_down("Lost communication with MCU 'mcu'"),
    }


class Server:
    """The socket: requests in, answers and changed fields of subscribed objects out, each ended by ETX."""

    def __init__(self, gcodes):
        self.gcodes = gcodes
        self.printer = Printer(gcodes)
        self.writers = {}  # writer -> (objects, template, what was sent last)

    async def serve(self, path):
        with contextlib.suppress(FileNotFoundError):
            os.unlink(path)
        await asyncio.start_unix_server(self.connection, path)
        while True:
            await asyncio.sleep(TICK)
            self.printer.tick()
            self.push()

    async def connection(self, reader, writer):
        try:
            while True:
                request = json.loads((await reader.readuntil(END))[:-1])
                send(writer, {"id": request.get("id"), **self.answer(writer, request)})
        except asyncio.IncompleteReadError:
            pass
        finally:
            self.writers.pop(writer, None)

    def answer(self, writer, request):
        method, params = request["method"], request.get("params") or {}
        try:
            return {"result": self.result(writer, method, params)}
        except CommandError as error:
            return {"error": {"error": "WebRequestError", "message": str(error)}}

    def result(self, writer, method, params):
        printer = self.printer
        if method == "info":
            return {
                **printer.objects["webhooks"], "hostname": "printer", "klipper_path": "/home/pi/klipper",
                "python_path": "/home/pi/klippy-env/bin/python", "process_id": os.getpid(), "user_id": os.getuid(),
                "group_id": os.getgid(), "log_file": "/home/pi/klippy.log", "config_file": "/home/pi/printer.cfg",
                "software_version": "v0.13.0-210-g7a8b9c0d", "cpu_info": "4 core ARMv7"}
        if method == "list_endpoints":
            return {"endpoints": ENDPOINTS}
        if method == "objects/list":
            return {"objects": list(printer.objects)}
        if method == "objects/query":
            return self.status(params["objects"])
        if method == "objects/subscribe":
            status = self.status(params["objects"])
            self.writers[writer] = (params["objects"], params.get("response_template") or {}, status["status"])
            return status
        if method == "gcode/script":
            if params["script"].strip() in ("RESTART", "FIRMWARE_RESTART"):
                self.restart()
            else:
                printer.run(params["script"])
        elif method == "emergency_stop":
            printer.shut_down("Shutdown due to webhooks request")
        elif method.startswith("pause_resume/"):
            printer.run({"pause": "PAUSE", "resume": "RESUME", "cancel": "CANCEL_PRINT"}[method.split("/")[1]])
        return {}

    def restart(self):
        self.printer = Printer(self.gcodes)
        for writer in list(self.writers):
            writer.close()

    def status(self, wanted):
        """An object that Klipper does not have is an empty one."""
        objects = self.printer.objects
        status = {
            name: {key: value for key, value in objects.get(name, {}).items() if fields is None or key in fields}
            for name, fields in wanted.items()}
        return {"eventtime": round(time.monotonic(), 6), "status": json.loads(json.dumps(status))}

    def push(self):
        for writer, (wanted, template, before) in list(self.writers.items()):
            now = self.status(wanted)
            changes = {
                name: changed for name, fields in now["status"].items()
                if (changed := {key: value for key, value in fields.items() if before[name].get(key) != value})}
            if changes:
                self.writers[writer] = (wanted, template, now["status"])
                send(writer, {**template, "params": {"eventtime": now["eventtime"], "status": changes}})


def send(writer, message):
    writer.write(json.dumps(message).encode() + END)


if __name__ == "__main__":
    asyncio.run(Server(sys.argv[2]).serve(sys.argv[1]))
