// Installing the page as an app, where the browser offers that.

let offer = null;
const listeners = new Set();

addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    offer = event;
    for (const listener of listeners) listener();
});
addEventListener("appinstalled", () => {
    offer = null;
    for (const listener of listeners) listener();
});

export const canInstall = () => offer !== null;

/** Calls `listener` when it becomes possible, or is done; what is returned ends that. */
export function onInstallable(listener) {
    listeners.add(listener);
    return () => listeners.delete(listener);
}

export async function install() {
    await offer?.prompt();
    offer = null;
    for (const listener of listeners) listener();
}
