"""Follows the steps of the Dockerfile without a container engine. The base images are replaced: that of the build by
target/printer2mqtt-slim.jar, that with the JDK by this machine, Debian by debootstrap."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
CACHE = os.path.join(os.environ.get("XDG_CACHE_HOME", os.path.expanduser("~/.cache")), "printer2mqtt-image")


def sh(*command, **options):
    return subprocess.run(command, check=True, text=True, **options)


def instructions(path):
    """Pairs of an instruction and its text, with continued lines joined and comments left out."""
    lines = [line for line in open(path).read().splitlines() if not line.lstrip().startswith("#")]
    for line in "\n".join(lines).replace("\\\n", " ").splitlines():
        if line.strip():
            name, text = line.strip().split(None, 1)
            yield name.upper(), text.strip()


class Stage:
    """One stage of the Dockerfile: a folder with its files, over which RUN starts programs."""

    def __init__(self, image, name, folder):
        self.image, self.name, self.folder = image, name, folder
        self.lower = base_of(image)
        self.upper, self.work, self.root = (os.path.join(folder, part) for part in ("upper", "work", "root"))
        for part in (self.upper, self.work, self.root):
            os.makedirs(part)
        self.environment, self.user, self.workdir = {}, "0", "/"
        self.entrypoint, self.command, self.healthcheck, self.sizes = [], [], [], {}
        if self.lower:
            sh("mount", "-t", "overlay", "overlay", "-o",
               f"lowerdir={self.lower},upperdir={self.upper},workdir={self.work}", self.root)
            proc, dev = (os.path.join(self.root, part) for part in ("proc", "dev"))
            sh("mount", "-t", "proc", "proc", proc)
            sh("mount", "-t", "tmpfs", "tmpfs", dev)
            for number, device in ((3, "null"), (5, "zero"), (7, "full"), (8, "random"), (9, "urandom")):
                os.mknod(os.path.join(dev, device), 0o020666, os.makedev(1, number))
                os.chmod(os.path.join(dev, device), 0o666)
            if self.lower != "/":
                shutil.copy("/etc/resolv.conf", os.path.join(self.root, "etc/resolv.conf"))
        else:
            jar = os.path.join(self.root, "build/target/printer2mqtt-slim.jar")
            os.makedirs(os.path.dirname(jar))
            shutil.copy2(os.path.join(ROOT, "target/printer2mqtt-slim.jar"), jar)

    def run(self, command):
        if self.lower:
            environment = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root",
                           "DEBIAN_FRONTEND": "noninteractive", **proxies(), **self.environment}
            sh("chroot", self.root, "/bin/sh", "-c", command, env=environment, stdout=sys.stderr)

    def copy(self, text, stages):
        words = shlex.split(text)
        source = ROOT
        while words[0].startswith("--"):
            option, value = words.pop(0)[2:].split("=")
            if option != "from":
                sys.exit(f"COPY --{option} is not followed here")
            source = stages[value].root
        *files, target = words
        if not self.lower:
            return
        place = os.path.join(self.root, os.path.join(self.workdir, target).lstrip("/"))
        for file in files:
            # From another stage a path is absolute.
            sh("mkdir", "-p", place if target.endswith("/") else os.path.dirname(place))
            sh("cp", "-a", "--no-preserve=ownership", os.path.join(source, file.lstrip("/")), place)

    def used(self):
        return int(sh("du", "-sxk", self.upper, capture_output=True).stdout.split()[0]) / 1024


def proxies():
    return {name: value for name, value in os.environ.items() if name.lower().endswith("_proxy")}


def base_of(image):
    """The folder in place of a base image, or None for that of the build, whose result exists already."""
    if image.startswith("maven:"):
        return None
    if image.startswith("eclipse-temurin:17"):
        return "/"
    release = re.fullmatch(r"debian:(\w+)-\d+-slim", image)
    if not release:
        sys.exit(f"unknown base image {image}")
    folder = os.path.join(CACHE, release.group(1))
    if not os.path.exists(os.path.join(folder, "etc/debian_version")):
        os.makedirs(CACHE, exist_ok=True)
        sh("debootstrap", "--variant=minbase", release.group(1), folder + ".part", stdout=subprocess.DEVNULL)
        subprocess.run(["umount", "-l", folder + ".part/proc"], check=False, stderr=subprocess.DEVNULL)
        # What debian:...-slim leaves out as well.
        for part in ("var/cache/apt/archives", "var/lib/apt/lists", "usr/share/doc", "usr/share/man", "usr/share/locale"):
            shutil.rmtree(os.path.join(folder + ".part", part), ignore_errors=True)
            os.makedirs(os.path.join(folder + ".part", part))
        # As there: no cache of packages stays in a layer.
        with open(os.path.join(folder + ".part", "etc/apt/apt.conf.d/docker-clean"), "w") as file:
            file.write('Dir::Cache::pkgcache ""; Dir::Cache::srcpkgcache "";\nAPT::Keep-Downloaded-Packages "false";\n'
                       'DPkg::Post-Invoke {"rm -f /var/cache/apt/archives/*.deb || true";};\n')
        os.rename(folder + ".part", folder)
    return folder


def build(folder):
    """Builds every stage in a folder and returns the last one, which is the image."""
    stages, stage = {}, None
    for name, text in instructions(os.path.join(ROOT, "Dockerfile")):
        if name == "FROM":
            words = [word for word in text.split() if not word.startswith("--")]
            label = words[2] if len(words) == 3 else "image"
            stage = stages[label] = Stage(words[0], label, os.path.join(folder, label))
            continue
        before = stage.used()
        if name == "RUN":
            stage.run(text)
        elif name == "COPY":
            stage.copy(text, stages)
        elif name == "ENV":
            stage.environment.update(word.split("=", 1) for word in shlex.split(text))
        elif name == "USER":
            stage.user = text
        elif name == "WORKDIR":
            stage.workdir = text
            os.makedirs(os.path.join(stage.root, text.lstrip("/")), exist_ok=True)
        elif name in ("ENTRYPOINT", "CMD"):
            setattr(stage, {"ENTRYPOINT": "entrypoint", "CMD": "command"}[name], json.loads(text))
        elif name == "HEALTHCHECK":
            stage.healthcheck = json.loads(text.split("CMD", 1)[1])
        elif name not in ("LABEL", "VOLUME", "EXPOSE"):
            sys.exit(f"{name} is not followed here")
        if stage.used() - before >= 0.1:
            stage.sizes[f"{name} {text[:60]}"] = stage.used() - before
    with open(os.path.join(stage.root, "etc/hosts"), "w") as file:
        file.write("127.0.0.1 localhost mosquitto\n")
    return stage
