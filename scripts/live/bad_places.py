"""A server whose surroundings fail it: its disk is full, its model pack is gone."""
import os
import pathlib
import shutil
import subprocess
import time

from live.api import Api
from live.library import differences, contents
from live.pictures import grey_png
from live.server import LikServer
from live.stream import stream_upload

DISK_BYTES = 64_000_000
FULL = {503, 507}
IN_PEACE_SECONDS = 60


def mount_small_disk(folder):
    """Whether a disk of 64 MB now lies at the folder; it goes with this process' mount namespace."""
    folder.mkdir(parents=True)
    run = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES}", "tmpfs", folder], capture_output=True)
    return run.returncode == 0


def unmount(work):
    """Leaves the folder free to be removed, whatever the check came to."""
    subprocess.run(["umount", work / "small-disk"], capture_output=True)


def own_mounts(argv):
    """Goes on in a mount namespace of its own where the system lets it, so that no mount outlives the check."""
    if os.environ.get("LIK_CHECK_MOUNTS"):
        return
    command = ["unshare", "--mount", "--propagation", "private"] + (["--map-root-user"] if os.geteuid() != 0 else [])
    may = shutil.which("unshare") and subprocess.run([*command, "true"], capture_output=True).returncode == 0
    os.environ["LIK_CHECK_MOUNTS"] = "own" if may else "none"
    if may:
        os.execvp(command[0], [*command, *argv])


def folder_files(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def fill(folder):
    """Takes what is left of the disk; returns the file that holds it."""
    filler = folder / "filler"
    with open(filler, "wb", buffering=0) as file:
        for size in (1 << 20, 1 << 12, 1):
            try:
                while True:
                    file.write(b"\0" * size)
            except OSError:
                pass
    return filler


def full_disk(lik, work, models, photos, verdict):
    """`photos`: at least twelve."""
    disk = work / "small-disk"
    if os.environ.get("LIK_CHECK_MOUNTS") != "own" or not mount_small_disk(disk):
        print("Left out: the disk that fills during an upload; this needs root, or user namespaces, to mount one.")
        return
    with LikServer(lik, work / "full", models, data=disk / "data") as server:
        server.start()
        api = Api(server.host, server.port)
        api.ended(api.accepted(photos[:2]), IN_PEACE_SECONDS)
        before, files = contents(api), folder_files(disk / "data" / "uploads")

        large = [(f"large-{number}.png", grey_png(20 + number, 20), 40_000_000) for number in range(3)]
        answer = stream_upload(server, large)
        told = answer.json() or {}
        verdict.check("an upload that does not fit: 507 or 503, with words",
                      answer.status in FULL and told.get("error"), answer)
        after = contents(api)
        verdict.check("it left no row", after == before and not any(
            task["status"] == "processing" for task in api.get("/api/tasks")), "; ".join(differences(before, after)))
        verdict.check("it left no file", wait_for(
            lambda: folder_files(disk / "data" / "uploads") == files and not folder_files(disk / "data" / "incoming")),
            folder_files(disk / "data"))
        task = api.ended(api.accepted(photos[2:4]), IN_PEACE_SECONDS)
        verdict.check("then a small upload is taken and done", task["status"] == "completed", task)

        task = api.accepted(photos[4:12])
        filler = fill(disk)
        answer = api.upload([photos[0]])
        verdict.check("an upload to a disk without a byte left: 507 or 503", answer.status in FULL, answer)
        person = api.get("/api/persons")[0]
        answer = api.put(f"/api/persons/{person['id']}", {"name": "Anna"})
        verdict.check("a new name on a full disk: 507, 503, or it had room", answer.status in FULL | {200}, answer)
        verdict.check("reading goes on", all(
            api.call("GET", path).status == 200 for path in ("/api/stats", "/api/persons", "/api/photos", "/health")))
        time.sleep(3)
        server.must_live("on a full disk")
        filler.unlink()
        told = api.ended(task, IN_PEACE_SECONDS)
        verdict.check("photos accepted before it was full are done when there is room again",
                      told["status"] == "completed" and not told["errors"], told)
        answer = api.put(f"/api/persons/{person['id']}", {"name": "Berta"})
        verdict.check("and names are taken again", answer.status == 200, answer)
        server.stop()
        verdict.check("lik doctor --repair finds nothing on the disk that was full", *server.nothing_to_repair())


def wait_for(condition, seconds=5):
    limit = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > limit:
            return False
        time.sleep(0.1)
    return True


def missing_pack(lik, work, models, photos, verdict):
    """The pack's folder goes away before the first photo, after one, and comes back. `photos`: at least six."""
    copies = work / "models"
    shutil.copytree(pathlib.Path(models) / "dlib", copies / "dlib")
    hidden = work / "hidden"
    with LikServer(lik, work / "packless", copies) as server:
        for when, batch in (("before the first photo", photos[:2]), ("after the first photo", photos[2:4])):
            server.start()
            api = Api(server.host, server.port)
            if when == "after the first photo":
                api.ended(api.accepted(photos[4:6]), IN_PEACE_SECONDS)
            (copies / "dlib").rename(hidden)
            answer = api.upload(batch)
            told = api.ended(answer.json()["task_id"], 10) if answer.status == 200 else {}
            seen = f"{answer.status} {told.get('status', '')}"
            verdict.check(f"a pack removed {when}: {seen}; the server lives and answers",
                          server.lives and answer.status in {200, 503} and api.call("GET", "/api/stats").status == 200,
                          answer)
            if told.get("status") == "failed":
                verdict.check("and says why", bool(told.get("error_message")), told)
            hidden.rename(copies / "dlib")
            server.stop()
        server.start()
        api = Api(server.host, server.port)
        unended = [api.ended(task["id"], IN_PEACE_SECONDS) for task in api.get("/api/tasks")]
        verdict.check("with the pack back and after a restart no task is left unended",
                      all(task["status"] != "processing" for task in unended), unended)
        server.stop()
        verdict.check("lik doctor --repair finds nothing", *server.nothing_to_repair())
