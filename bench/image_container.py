"""The image's process in namespaces of its own, with what docker-compose.yml gives it."""

import os
import re
import shlex
import signal
import ssl
import subprocess
import sys
import time
import urllib.error
import urllib.request

TOKEN = "token-of-this-measurement"


def memory_limit():
    """Megabytes, as docker-compose.yml limits the bridge."""
    compose = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "docker-compose.yml")
    return int(re.search(r"mem_limit: (\d+)m", open(compose).read()).group(1))



class Container:
    """One container: a folder for its data, and the process once it is started."""

    def __init__(self, stage, folder, environment, files=()):
        self.stage, self.folder = stage, folder
        self.root, self.data, self.group = (os.path.join(folder, part) for part in ("container", "data", "cgroup"))
        for part in (self.root, self.data, self.group):
            os.makedirs(part, exist_ok=True)
        os.chown(self.data, 10001, 10001)
        with open(os.path.join(self.group, "memory.max"), "w") as file:
            file.write(f"{memory_limit() * 1024 * 1024}\n")
        self.environment = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/data",
                            "PRINTER2MQTT_HTTP_TOKEN": TOKEN, **stage.environment, **environment}
        self.files, self.process = files, None
        self.url = "http://127.0.0.1:8080"

    def start(self, *arguments):
        mounts = [f"mount --bind {self.stage.root} {self.root}", f"mount -o remount,bind,ro {self.root}",
                  f"mount -t tmpfs -o mode=1777,nosuid,nodev tmpfs {self.root}/tmp",
                  f"mount --bind {self.data} {self.root}/data", f"mount -t proc proc {self.root}/proc",
                  f"mount -t tmpfs tmpfs {self.root}/sys", f"mkdir -p {self.root}/sys/fs/cgroup",
                  f"mount --bind {self.group} {self.root}/sys/fs/cgroup", f"mount -t tmpfs tmpfs {self.root}/run"]
        mounts += [f"install -D -o 10001 -m 600 {source} {self.root}{target}" for source, target in self.files]
        user, _, group = self.stage.user.partition(":")
        inside = ["chroot", self.root, "setpriv", f"--reuid={user}", f"--regid={group or user}", "--clear-groups",
                  "--no-new-privs", "--bounding-set=-all", "--inh-caps=-all", "env", "-C", self.stage.workdir,
                  *self.stage.entrypoint, *(arguments or self.stage.command)]
        script = " && ".join(mounts) + " && exec " + shlex.join(inside)
        self.log = open(os.path.join(self.folder, "log"), "a+")
        self.process = subprocess.Popen(["unshare", "--mount", "--pid", "--fork", "--uts", "--ipc", "sh", "-c", script],
                                        env=self.environment, stdout=self.log, stderr=self.log)
        return self.process

    def pid(self):
        """The process of Java as this namespace sees it."""
        for child in open(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read().split():
            return int(child)
        return None

    def inside(self, *command, check=True):
        """Runs a command as docker exec does; returns its exit code and output."""
        done = subprocess.run(["nsenter", "-t", str(self.pid()), "-m", "-p", "--root", "--wd", "setpriv", "--reuid=10001",
                               "--regid=10001", "--clear-groups", *command], env=self.environment, text=True,
                              capture_output=True)
        if check and done.returncode != 0:
            fail(f"{command} ended with {done.returncode}: {done.stdout}{done.stderr}")
        return done

    def get(self, path, host=None, token=TOKEN):
        request = urllib.request.Request(self.url + path, headers={"Authorization": f"Bearer {token}"} if token else {})
        if host:
            request.add_header("Host", host)
        unverified = ssl._create_unverified_context()
        try:
            with urllib.request.urlopen(request, timeout=10, context=unverified) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as answer:
            return answer.code, answer.read().decode()
        except OSError:
            return None, ""

    def await_(self, what, condition, seconds=30):
        end = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > end or self.process.poll() is not None:
                self.log.seek(0)
                fail(f"not within {seconds} s: {what}\n{self.log.read()}")
            time.sleep(0.01)

    def first_list(self):
        began = time.monotonic()
        self.start()
        self.await_("the first list", lambda: self.get("/api/printers")[0] == 200)
        return time.monotonic() - began

    def memory(self):
        status = open(f"/proc/{self.pid()}/status").read()
        rollup = open(f"/proc/{self.pid()}/smaps_rollup").read()
        number = lambda text, key: int(re.search(key + r":\s+(\d+)", text).group(1)) / 1024
        return number(status, "VmRSS"), number(rollup, "Pss_Anon")

    def cpu(self):
        fields = open(f"/proc/{self.pid()}/stat").read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def stop(self):
        began = time.monotonic()
        os.kill(self.pid(), signal.SIGTERM)
        code = self.process.wait(30)
        return time.monotonic() - began, code


def fail(message):
    sys.exit(f"FAILED: {message}")


def expect(condition, message):
    if not condition:
        fail(message)
