"""Receives what services tell systemd, as sd_notify(3) defines, on the socket that the argument names; @ stands for an abstract one.

Prints "bound", then each assignment on a line of its own.
"""
import os
import socket
import sys

name = sys.argv[1]
receiver = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
receiver.bind("\0" + name[1:] if name.startswith("@") else name)
print("bound", flush=True)
while True:
    assignments, files, _, _ = socket.recv_fds(receiver, 4096, 4)
    if files:
        # The sender waits for this, to know that its assignments were received.
        for file in files:
            os.close(file)
    else:
        print(assignments.decode(), flush=True)
