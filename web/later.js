// What goes on beside the views, and is not waited for: photos that are dropped, what is on its way, what waits for an
// answer, and the worker that keeps the page.

import { onReviewCount } from "./server/questions.js";
import { watchDrops } from "./parts/drops.js";
import { badge } from "./parts/navigation.js";
import { showUploadPill } from "./parts/upload-pill.js";

watchDrops();
showUploadPill();
onReviewCount((count) => badge("review", count));
// Over plain HTTP browsers have no worker.
if ("serviceWorker" in navigator) {
    setTimeout(() => navigator.serviceWorker.register("/worker.js").catch(() => {}), 2_500);
}
