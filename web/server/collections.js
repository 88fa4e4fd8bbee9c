// Collections: named sets of people among whom faces are looked for.

import { get, page, remove, send } from "./api.js";

/** So many photos one enrolment takes. */
export const MOST_PHOTOS = 32;

export const collections = {
    list: () => get("/api/collections"),
    one: (id) => get(`/api/collections/${id}`),
    create: (wishes) => send("POST", "/api/collections", wishes),
    change: (id, wishes) => send("PATCH", `/api/collections/${id}`, wishes),
    delete: (id) => remove(`/api/collections/${id}`),
    members: (id, limit, cursor) => page(`/api/collections/${id}/members`, { limit, cursor }),
    add: (id, persons) => send("POST", `/api/collections/${id}/members`, { persons }),
    leave: (id, person) => remove(`/api/collections/${id}/members/${person}`),
    /** Has somebody recognised by photos: `who` is `{ name }` or `{ person }`. */
    enrol: (id, who, files) => {
        const form = new FormData();
        for (const [name, value] of Object.entries(who)) form.append(name, value);
        for (const file of files) form.append("images", file, file.name);
        return send("POST", `/api/collections/${id}/enrol`, form);
    },
};
