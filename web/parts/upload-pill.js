// A small sign, on every view but the upload's own, of how far photos are on their way.

import { uploads } from "../server/upload-queue.js";
import { onTasks, tasksInWork } from "../server/task-feed.js";
import { byID, make } from "./dom.js";
import { say, sayShare } from "../words.js";

export function showUploadPill() {
    const bar = make("span", { className: "pill-bar" });
    const text = make("span", { className: "pill-text" });
    const pill = make("a", { className: "pill", href: "#add", hidden: true }, text, bar);
    byID("pill").append(pill);
    let frame = 0;
    const soon = () => { frame ||= requestAnimationFrame(show); };
    uploads.onChange(soon);
    onTasks(soon);

    function show() {
        frame = 0;
        const { files, bytes, sentBytes } = uploads.totals;
        const tasks = tasksInWork();
        pill.hidden = !uploads.isSending && tasks.length === 0;
        if (pill.hidden) return;
        const photos = tasks.reduce((sum, task) => sum + task.photos, 0);
        const done = tasks.reduce((sum, task) => sum + (task.progress?.current ?? 0), 0);
        const share = uploads.isSending ? (bytes ? sentBytes / bytes : 0) : photos ? done / photos : 0;
        text.textContent = uploads.trouble ? say("pillTrouble")
            : uploads.isSending ? say("pillSending", { n: files, share: sayShare(share) })
                : say("pillWorking", { n: photos, share: sayShare(share) });
        pill.classList.toggle("bad", uploads.trouble !== "");
        bar.style.width = `${100 * share}%`;
    }
}
