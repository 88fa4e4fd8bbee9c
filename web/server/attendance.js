// Who was recognised where and when.

import { page, remove } from "./api.js";

export const attendance = {
    /** `filter` has `from`, `to` (days here, `YYYY-MM-DD`), `person`, `collection`, `place`; what is empty is left out. */
    list: (filter, limit, cursor) => page("/api/attendance", { ...moments(filter), limit, cursor }),
    forget: (id) => remove(`/api/attendance/${id}`),
    /** The same as a table for a spreadsheet. */
    table: (filter) => {
        const given = Object.entries(moments(filter)).filter(([, value]) => value !== "");
        return `/api/attendance.csv${given.length > 0 ? `?${new URLSearchParams(given)}` : ""}`;
    },
};

/** A bare day would be one in UTC for the server: it is told the first and the last moment of the day as it is here. */
const moments = ({ from = "", to = "", ...rest }) =>
    ({ ...rest, from: moment(from, "00:00"), to: moment(to, "23:59:59.999") });

function moment(day, time) {
    const date = new Date(`${day}T${time}`);
    return Number.isNaN(date.valueOf()) ? "" : date.toISOString();
}
