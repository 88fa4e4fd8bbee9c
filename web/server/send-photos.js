// One request that carries photos to the server.

import { language, say } from "../words.js";
import { leaveIfLoggedOut, RequestError } from "./api.js";

/**
 * Sends photos as one task. `onProgress` gets the bytes sent and the bytes of all. `signal` stops it.
 * Resolves to the id of the task.
 */
export function sendPhotos(files, { onProgress, signal }) {
    return new Promise((resolve, reject) => {
        const form = new FormData();
        for (const file of files) form.append("images", file, file.name);
        // fetch does not tell how much it has sent.
        const sender = new XMLHttpRequest();
        sender.open("POST", "/api/upload");
        sender.setRequestHeader("Accept", "application/json");
        sender.setRequestHeader("Accept-Language", language);
        sender.upload.addEventListener("progress", (event) => onProgress(event.loaded, event.total));
        sender.addEventListener("load", () => {
            leaveIfLoggedOut(sender.status);
            try {
                const { task_id: id } = JSON.parse(sender.responseText);
                if (sender.status === 200 && id) return resolve(id);
            } catch {
                // Told apart below.
            }
            reject(RequestError.of(sender.status, sender.responseText));
        });
        sender.addEventListener("error", () => reject(new RequestError(say("uploadBroke"))));
        sender.addEventListener("abort", () => reject(new RequestError(say("uploadStopped"), 0, "stopped")));
        signal.addEventListener("abort", () => sender.abort(), { once: true });
        sender.send(form);
    });
}
