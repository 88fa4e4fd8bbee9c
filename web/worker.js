// The service worker: the page itself is there without the server, and photos that another app shares are taken in.
//
// It keeps only the page's files, whose names change with what is in them. People and photos are never kept.

const LIST = "/page/files.json";
const SHELL = `lik-shell ${LIST}`;
const SHARED = "lik-shared";

self.addEventListener("install", (event) => {
    event.waitUntil((async () => {
        const files = await (await fetch(LIST)).json();
        const cache = await caches.open(SHELL);
        await cache.addAll(files);
        const page = await fetch("/");
        // Where the server wants its key first, this is the log-in form.
        if (page.ok && !page.redirected) await cache.put("/", page);
        await self.skipWaiting();
    })());
});

self.addEventListener("activate", (event) => {
    event.waitUntil((async () => {
        for (const name of await caches.keys()) if (name !== SHELL && name !== SHARED) await caches.delete(name);
        await self.clients.claim();
    })());
});

self.addEventListener("fetch", (event) => {
    const { request } = event;
    const url = new URL(request.url);
    if (url.origin !== location.origin) return;
    if (request.method === "POST" && url.pathname === "/share") return event.respondWith(takeShared(request));
    if (request.method !== "GET") return;
    if (request.mode === "navigate" && url.pathname === "/") return event.respondWith(page(request));
    if (url.pathname.startsWith("/page/")) event.respondWith(file(request));
});

/** The page from the server, so that a new version shows at once; the kept one while the server is away. */
async function page(request) {
    try {
        const response = await fetch(request);
        if (response.ok && !response.redirected) (await caches.open(SHELL)).put("/", response.clone());
        return response;
    } catch {
        return await caches.match("/") ?? Response.error();
    }
}

async function file(request) {
    return await caches.match(request) ?? fetch(request);
}

/** What was shared is laid down for the page, which puts it into its queue. */
async function takeShared(request) {
    const form = await request.formData();
    const cache = await caches.open(SHARED);
    for (const [index, photo] of form.getAll("images").entries()) {
        if (typeof photo === "string") continue;
        await cache.put(`/shared/${Date.now()}-${index}`, new Response(photo, {
            headers: { "Content-Type": photo.type || "application/octet-stream",
                "X-File-Name": encodeURIComponent(photo.name) },
        }));
    }
    return Response.redirect("/#add", 303);
}
