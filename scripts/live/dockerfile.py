"""The part of a Dockerfile's language that the project uses, carried out in plain folders."""
import json
import os
import pathlib
import re
import shlex
import shutil
import subprocess


class Stage:
    """One FROM and what follows it."""

    def __init__(self, image, name, root):
        self.image, self.name, self.root = image, name, pathlib.Path(root)
        self.environment = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root"}
        self.folder, self.user = "/", None
        self.entry, self.command, self.health = [], [], None

    def run(self, command, environment=None, prefix=(), **more):
        """Runs a list of words in the stage's folder, as its user."""
        whole = ["chroot"] + (["--userspec=" + self.user] if self.user else []) + [str(self.root), *prefix]
        inner = ["sh", "-c", 'cd "$0" && exec "$@"', self.folder, *command]
        return subprocess.run(whole + inner, env=self.environment | (environment or {}), **more)


def instructions(text):
    """(word, rest) of each instruction; lines that end with a backslash go on."""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    for line in re.sub(r"\\\n\s*", "", "\n".join(lines)).splitlines():
        if line.strip():
            word, rest = line.split(None, 1)
            yield word.upper(), rest.strip()


def words(rest):
    """The words of an instruction in its form of a list or of a line."""
    return json.loads(rest) if rest.startswith("[") else ["sh", "-c", rest]


def carry_out(dockerfile, context, make_root):
    """Carries out all stages and gives the last one back.

    make_root(image, number) gives a folder with the image's file system and the environment that it adds. What is not known
    fails: an instruction that is passed over would be one that nobody has checked.
    """
    stages = []
    for word, rest in instructions(pathlib.Path(dockerfile).read_text()):
        print(f"     {word} {rest[:110]}", flush=True)
        if word == "FROM":
            image, *name = re.split(r"\s+AS\s+", rest, flags=re.IGNORECASE)
            root, environment = make_root(image, len(stages))
            stages.append(Stage(image, name[0] if name else None, root))
            stages[-1].environment |= environment
            continue
        stage = stages[-1]
        if word == "WORKDIR":
            stage.folder = rest
            inside(stage, rest).mkdir(parents=True, exist_ok=True)
        elif word == "ENV":
            for pair in shlex.split(rest):
                name, value = pair.split("=", 1)
                stage.environment[name] = re.sub(r"\$(\w+)", lambda found: stage.environment[found[1]], value)
        elif word == "COPY":
            copy(stage, rest, stages, pathlib.Path(context))
        elif word == "RUN":
            stage.run(["sh", "-c", rest], check=True)
        elif word == "USER":
            stage.user = rest
        elif word == "ENTRYPOINT":
            stage.entry = words(rest)
        elif word == "CMD":
            stage.command = words(rest)
        elif word == "HEALTHCHECK":
            stage.health = words(rest.split("CMD", 1)[1].strip())
        elif word not in ("VOLUME", "EXPOSE"):
            raise ValueError(f"{word} is not known here.")
    return stages[-1]


def inside(stage, path):
    return stage.root / os.path.join(stage.folder, path).lstrip("/")


def copy(stage, rest, stages, context):
    *sources, target = shlex.split(rest)
    origin = context
    if sources[0].startswith("--from="):
        name = sources.pop(0).split("=", 1)[1]
        origin = next(other.root for other in stages if other.name == name)
    place = inside(stage, target)
    for source in sources:
        source = origin / source.lstrip("/")
        if source.is_dir():
            shutil.copytree(source, place, symlinks=True, dirs_exist_ok=True)
        else:
            # To a folder it goes by its own name.
            if target.endswith("/") or place.is_dir():
                place.mkdir(parents=True, exist_ok=True)
                shutil.copy2(source, place / source.name)
            else:
                place.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(source, place)
