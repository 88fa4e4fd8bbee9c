// Who was recognised where and when.

import { page, remove } from "./api.js";

export const attendance = {
    /** `filter` has `from`, `to` (days), `person`, `collection`, `place`; what is empty is left out. */
    list: (filter, limit, cursor) => page("/api/attendance", { ...filter, limit, cursor }),
    forget: (id) => remove(`/api/attendance/${id}`),
    /** The same as a table for a spreadsheet. */
    table: (filter) => {
        const given = Object.entries(filter).filter(([, value]) => value !== "");
        return `/api/attendance.csv${given.length > 0 ? `?${new URLSearchParams(given)}` : ""}`;
    },
};
