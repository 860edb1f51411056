"""Prints what bambulabs-api (PyPI) reads from a Bambu Lab printer: state, file, progress and layers; temperatures, light and firmware; then the speed at level 3 and the states after pausing and cancelling."""
import logging
import sys
import time

from bambulabs_api.mqtt_client import PrinterMQTTClient

logging.disable(logging.CRITICAL)


def wait_for(condition):
    end = time.monotonic() + 15
    while not condition():
        if time.monotonic() > end:
            sys.exit("timeout")
        time.sleep(0.02)


def main(port, serial, code):
    client = PrinterMQTTClient("127.0.0.1", code, serial, port=port)
    answers = []
    client.on_connect_handler = lambda *arguments: answers.append(arguments[4].is_failure)
    client.connect()
    client.start()
    try:
        wait_for(lambda: answers)
        if answers[0]:
            print("refused")
            return
        wait_for(lambda: "gcode_state" in client.dump().get("print", {}) and client.firmware_version())
        print(client.get_printer_state().name, client.subtask_name(), client.get_last_print_percentage(),
              client.current_layer_num(), client.total_layer_num(), client.get_remaining_time())
        print(client.get_nozzle_temperature(), client.get_bed_temperature(), client.get_light_state(),
              client.firmware_version())
        client.set_print_speed_lvl(3)
        wait_for(lambda: client.get_print_speed() != 100)
        print(client.get_print_speed())
        for command, state in ((client.pause_print, "PAUSE"), (client.stop_print, "FAILED")):
            command()
            wait_for(lambda: client.get_printer_state().name == state)
            print(client.get_printer_state().name)
    finally:
        client.stop()


main(int(sys.argv[1]), sys.argv[2], sys.argv[3])
