"""Prints what duetwebapi (PyPI) reads from a Duet: server, status, layer and file; pauses and cancels the print."""
import sys

from duetwebapi import DuetWebAPI

duet = DuetWebAPI(sys.argv[1])
print(duet.api_name, duet.get_status(), duet.get_layer(), duet.get_num_tools(), duet.get_current_tool())
print(duet.get_model(key="job")["file"]["fileName"])
duet.pause_print()
print(duet.get_status())
duet.stop_print(leave_heaters=False)
print(duet.get_status())
