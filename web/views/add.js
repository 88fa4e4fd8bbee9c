// Adding photos: the drop zone, the queue of what is on its way, and the server's tasks.

import { Pace } from "../server/speed-meter.js";
import { onTasks, tasksInWork } from "../server/task-feed.js";
import { uploads } from "../server/upload-queue.js";
import { addFiles, takeShared } from "../parts/drops.js";
import { button, make } from "../parts/dom.js";
import { icon } from "../parts/icons.js";
import { queueList } from "../parts/queue-list.js";
import { taskList } from "../parts/task-list.js";
import { say, sayBytes, sayDuration, sayShare } from "../words.js";

const TYPES = "image/*,.heic,.heif,.avif,.jp2,.j2k,.tif,.tiff,.ppm";

export default function showAdd(host) {
    const queue = queueList();
    const tasks = taskList();
    const bar = make("progress", { max: 1, value: 0, attributes: { "aria-label": say("uploadProgress") } });
    const text = make("p", { className: "queue-text" });
    const spoken = make("p", { className: "quiet", attributes: { role: "status" } });
    const trouble = make("p", { className: "error", attributes: { role: "alert" }, hidden: true });
    const stop = button(say("stop"), () => uploads.stop(), { sign: "close" });
    const retry = button(say("retry"), () => uploads.retry(), { sign: "retry", className: "primary" });
    const clear = button(say("clearDone"), () => uploads.clear(), {});
    const panel = make("section", { className: "card queue", attributes: { "aria-label": say("queue") }, hidden: true },
        make("div", { className: "queue-head" }, text, stop, retry, clear), bar, trouble, queue.node);

    host.append(
        make("header", { className: "view-head" }, make("h1", { tabIndex: -1 }, say("addPhotos"))),
        dropZone(), panel, spoken, tasks.node);
    let frame = 0;
    let lastSpoken = -1;
    const soon = () => { frame ||= requestAnimationFrame(show); };
    const ends = [uploads.onChange(soon), onTasks(soon)];
    const pace = new Pace();
    show();
    takeShared();
    return () => { for (const end of ends) end(); cancelAnimationFrame(frame); queue.close(); tasks.close(); };

    function show() {
        frame = 0;
        const totals = uploads.totals;
        panel.hidden = totals.files === 0;
        if (panel.hidden) return queue.show();
        const { isSending } = uploads;
        const isWorking = !isSending && totals.looking > 0;
        bar.value = isSending ? totals.sentBytes / Math.max(1, totals.bytes) : lookedAt();
        bar.hidden = !isSending && !isWorking;
        text.textContent = isSending ? [
            say("sendingFiles", { n: totals.files, done: totals.sentFiles }),
            say("bytesOf", { sent: sayBytes(totals.sentBytes), size: sayBytes(totals.bytes) }),
            totals.speed > 0 && say("perSecond", { size: sayBytes(totals.speed) }),
            totals.secondsLeft !== null && totals.speed > 0
                && say("timeLeft", { time: sayDuration(totals.secondsLeft) }),
        ].filter(Boolean).join(" · ") : isWorking ? workText(totals, pace) : outcome(totals);
        trouble.hidden = uploads.trouble === "";
        if (trouble.textContent !== uploads.trouble) trouble.textContent = uploads.trouble;
        stop.hidden = !isSending;
        retry.hidden = !uploads.trouble
            && !uploads.items.some((item) => item.state === "failed" && item.isWorthAnother);
        clear.hidden = isSending || totals.done + totals.failed === 0;
        // Read out at each tenth, not at each byte.
        const tenth = (isWorking ? 20 : isSending ? 0 : 40) + Math.floor(10 * bar.value);
        if (tenth !== lastSpoken) {
            lastSpoken = tenth;
            spoken.textContent = text.textContent;
        }
        queue.show();
    }
}

/** The share of the queue's photos that the server has looked at. */
function lookedAt() {
    const { files, looking } = uploads.totals;
    const inWork = tasksInWork().reduce((sum, { progress }) => sum + (progress?.current ?? 0), 0);
    return files === 0 ? 0 : Math.min(1, (files - looking + Math.min(inWork, looking)) / files);
}

function workText({ files }, pace) {
    const left = pace.secondsLeft(lookedAt());
    return [say("allSent", { n: files }), sayShare(lookedAt()), left !== null
        && say("timeLeft", { time: sayDuration(left) })]
        .filter(Boolean).join(" · ");
}

function outcome({ done, failed }) {
    return failed === 0 ? say("allDone", { n: done })
        : `${say("allDone", { n: done })} ${say("someFailed", { n: failed })}`;
}

function dropZone() {
    const input = (properties) => make("input", {
        type: "file", multiple: true, className: "quiet", tabIndex: -1, attributes: { "aria-hidden": "true" },
            ...properties,
        on: { change: (event) => { addFiles([...event.target.files]); event.target.value = ""; } },
    });
    const files = input({ accept: TYPES });
    const folder = input({ webkitdirectory: true });
    const camera = input({ accept: "image/*", multiple: false });
    camera.setAttribute("capture", "environment");
    return make("section", { className: "drop", attributes: { "aria-label": say("addPhotos") } },
        make("span", { className: "drop-sign" }, icon("upload")),
        make("p", { className: "drop-title only-mouse" }, say("dropHere")),
        make("p", { className: "drop-title only-touch" }, say("pickHere")),
        make("p", { className: "muted drop-hint only-mouse" }, say("dropHint")),
        make("p", { className: "muted drop-hint only-touch" }, say("pickHint")),
        make("div", { className: "buttons" },
            button(say("chooseFiles"), () => files.click(), { sign: "photos", className: "primary" }),
            button(say("chooseFolder"), () => folder.click(), { sign: "folder", className: "only-mouse" }),
            button(say("takePhoto"), () => camera.click(), { sign: "camera", className: "only-touch" })),
        files, folder, camera);
}
