"""Builds the image's content without a container engine, runs it in a chroot and measures it: bench/run image [starts]

Follows the steps of the Dockerfile one by one, so that the two cannot differ. The base images are replaced: that of the
build by target/printer2mqtt-slim.jar, that with the JDK by this machine, Debian by debootstrap. The process gets what
docker-compose.yml gives it: a read-only root, /data, a /tmp of its own, user 10001, no capabilities, process id 1, and the
memory limit as the cgroup file that the start script and the JVM read. The network is a namespace with loopback only.

Needs root, debootstrap, a JDK 17 whose jlink is on the path, mosquitto, openssl and a built target/. Takes two minutes, the
first time three. Prints tables as Markdown; exits with 1 if something does not work.
"""

import os
import pickle
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time

from image_build import build, sh
from image_container import Container, expect


def broker(folder, *lines, port=1883):
    settings = os.path.join(folder, f"mosquitto-{port}.conf")
    with open(settings, "w") as file:
        file.write("\n".join([f"listener {port} 127.0.0.1", "allow_anonymous true", *lines]) + "\n")
    os.chmod(folder, 0o755)
    program = shutil.which("mosquitto", path=os.environ["PATH"] + ":/usr/sbin")
    return subprocess.Popen([program, "-c", settings], stderr=subprocess.DEVNULL)


def certificates(folder):
    authority, certificate = os.path.join(folder, "authority"), os.path.join(folder, "server")
    new = ["openssl", "req", "-x509", "-days", "2", "-nodes", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]
    sh(*new, "-subj", "/CN=Workshop", "-keyout", authority + ".key", "-out", authority + ".pem", stderr=subprocess.DEVNULL)
    sh(*new, "-subj", "/CN=server", "-keyout", certificate + ".key", "-out", certificate + ".pem", "-CA", authority + ".pem",
       "-CAkey", authority + ".key", "-addext", "subjectAltName=DNS:mosquitto,IP:127.0.0.1", "-addext",
       "basicConstraints=critical,CA:FALSE", stderr=subprocess.DEVNULL)
    os.chmod(certificate + ".key", 0o644)
    return authority + ".pem", certificate + ".pem", certificate + ".key"


def checks(stage, folder):
    """What a user does with the image, once with plain connections and once with TLS everywhere."""
    authority, certificate, key = certificates(folder)
    encrypted = broker(folder, f"certfile {certificate}", f"keyfile {key}", port=8883)
    container = Container(stage, os.path.join(folder, "tls"), {
        "PRINTER2MQTT_MQTT_URL": "mqtts://mosquitto:8883", "PRINTER2MQTT_MQTT_TLS_CA": "/run/tls/authority.pem",
        "PRINTER2MQTT_HTTP_TLS_CERTIFICATE": "/run/tls/server.pem", "PRINTER2MQTT_HTTP_TLS_KEY": "/run/tls/server.key",
        "PRINTER2MQTT_HTTP_PATH_PREFIX": "/printers", "PRINTER2MQTT_SECURITY_ALLOW_LOOPBACK_PRINTERS": "true",
        "TZ": "Europe/Berlin"},
        [(authority, "/run/tls/authority.pem"), (certificate, "/run/tls/server.pem"), (key, "/run/tls/server.key")])
    container.url = "https://127.0.0.1:8080"
    try:
        container.first_list()
        container.await_("the broker over TLS", lambda: "printer2mqtt_mqtt_connected 1.0" in container.get("/metrics")[1])
        container.await_("the health file", lambda: container.inside(*stage.healthcheck, check=False).returncode == 0)
        expect(container.inside("/app/bin/printer2mqtt", "health").stdout.startswith("ready"), "health over TLS")
        added = container.inside("printer2mqtt", "printers", "add", "MK4", "--driver", "prusalink", "--address",
                                 "http://127.0.0.1:9")
        expect("mk4" in container.inside("printer2mqtt", "printers", "list").stdout.lower(), f"list after {added.stdout}")
        for host in ("printer2mqtt:8080", "raspberrypi:8080", "raspberrypi.local:8080", "192.0.2.7:8080"):
            expect(container.get("/api/printers", host)[0] == 200, f"the list under the name {host}")
        for path in ("/", "/printers/", "/printers/api/printers", "/api/history", "/api/statistics", "/openapi.yaml"):
            expect(container.get(path)[0] == 200, f"GET {path}")
        expect(container.get("/api/printers", token=None)[0] == 401, "the list without a token")
        container.await_("the printer is offline", lambda: '"offline"' in container.get("/api/printers")[1])
        expect(container.inside("sh", "-c", "touch /app/x", check=False).returncode != 0, "the root is read-only")
        expect("-Xshare" not in open(f"/proc/{container.pid()}/cmdline").read(), "the archive is in use")
        expect("-XX:SharedArchiveFile=" in open(f"/proc/{container.pid()}/cmdline").read(), "the archive is in use")
        expect(".jsa" in open(f"/proc/{container.pid()}/maps").read(), "the archive is mapped")
        print("works: list, page, history, statistics, metrics, API description, command line, health check; HTTPS with path "
              "prefix; broker with a private authority by TLS; host names of service, host, mDNS and address; token required; "
              "read-only root; no capabilities; archive mapped\n")
        hung(container)
    finally:
        if container.process and container.process.poll() is None:
            container.stop()
        encrypted.terminate()


def hung(container):
    """A process that stands still keeps its port open, but its health check fails."""
    os.kill(container.pid(), signal.SIGSTOP)
    try:
        began = time.monotonic()
        while container.inside(*container.stage.healthcheck, check=False).returncode == 0:
            expect(time.monotonic() - began < 60, "the health check notices a process that hangs")
            time.sleep(1)
        print(f"a hung process is unhealthy after {time.monotonic() - began:.0f} s: "
              f"{container.inside(*container.stage.healthcheck, check=False).stdout.strip()}\n")
    finally:
        os.kill(container.pid(), signal.SIGCONT)


def measure(stage, folder, starts):
    container = Container(stage, os.path.join(folder, "measured"), {"PRINTER2MQTT_MQTT_URL": "mqtt://mosquitto:1883"})
    firsts, cpus, stops, memories, check = [], [], [], [], []
    for turn in range(starts + 1):
        first, cpu = container.first_list(), container.cpu()
        container.await_("the broker", lambda: "printer2mqtt_mqtt_connected 1.0" in container.get("/metrics")[1])
        container.await_("the health file", lambda: container.inside(*stage.healthcheck, check=False).returncode == 0)
        time.sleep(1.5)
        memory = container.memory()
        began, used = time.monotonic(), os.times()
        container.inside(*stage.healthcheck)
        check.append((time.monotonic() - began, os.times().children_user + os.times().children_system
                      - used.children_user - used.children_system))
        stop, code = container.stop()
        expect(code in (0, 143), f"stopped with {code}")
        expect(stop < 3, f"stopping took {stop:.1f} s")
        # The first start creates the database and reads the files from the disk.
        if turn:
            firsts.append(first), cpus.append(cpu), stops.append(stop), memories.append(memory)
    median = statistics.median
    print("| start to first list | processor time until then | resident without printers | of that private | stop |\n| --- | --- | --- | --- | --- |")
    print(f"| {median(firsts):.2f} s ({min(firsts):.2f} to {max(firsts):.2f}) | {median(cpus):.2f} s | {median(m[0] for m in memories):.0f} MB "
          f"| {median(m[1] for m in memories):.0f} MB | {median(stops):.2f} s ({min(stops):.2f} to {max(stops):.2f}) |\n")
    print(f"a health check takes {median(c[1] for c in check) * 1000:.0f} ms of processor time\n")
    print(f"Median of {starts} starts (min to max), load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors.\n")


def sizes(stage):
    lower = int(sh("du", "-sxk", stage.lower, capture_output=True).stdout.split()[0]) / 1024
    print("| part | MB |\n| --- | --- |")
    print(f"| {stage.image}, here by debootstrap | {lower:.0f} |")
    for name, size in stage.sizes.items():
        print(f"| `{name}` | {size:.1f} |")
    packed = subprocess.run(f"tar -C {stage.upper} -c . | gzip -6 | wc -c", shell=True, check=True, capture_output=True, text=True)
    print(f"| all above the base, gzip | {int(packed.stdout) / 1e6:.0f} |\n")


def main(phase="5", *arguments):
    if phase.isdigit():
        # Mounts end with their namespace, before the folder is deleted.
        with tempfile.TemporaryDirectory(prefix="printer2mqtt-image-") as folder:
            os.chmod(folder, 0o755)
            command = ["unshare", "--mount", sys.executable, __file__, "build", folder, phase]
            code = subprocess.run(command, check=False).returncode
        sys.exit(code)
    folder, starts = arguments
    if phase == "build":
        # The build downloads packages; what is measured has loopback only.
        stage = build(folder)
        sizes(stage)
        with open(os.path.join(folder, "stage"), "wb") as file:
            pickle.dump(stage, file)
        os.execvp("unshare", ["unshare", "--net", "sh", "-c", 'ip link set lo up && exec "$@"', "sh", sys.executable, __file__,
                              "measure", folder, starts])
    with open(os.path.join(folder, "stage"), "rb") as file:
        stage = pickle.load(file)
    plain = broker(folder)
    try:
        measure(stage, folder, int(starts))
        checks(stage, folder)
    finally:
        plain.terminate()


if __name__ == "__main__":
    main(*sys.argv[1:])
