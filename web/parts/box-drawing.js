// Drawing the box of a face that the detector missed: with the mouse or a finger, or with the keys.

import { make } from "./dom.js";
import { say } from "../words.js";

const STEP = 12;
const LEAST = 12;

/** Lets somebody draw; `onDone(box)` gets it in the photo's pixels, `onCancel` hears of Escape. What is returned ends it. */
export function drawBox(stage, photo, { onDone, onCancel }) {
    const { clientWidth, clientHeight } = stage.node;
    const size = Math.min(clientWidth, clientHeight) / 5;
    let box = { left: (clientWidth - size) / 2, top: (clientHeight - size) / 2, width: size, height: size };
    let from = null;
    const frame = make("div", {
        className: "drawn-box", tabIndex: 0, attributes: { role: "application", "aria-label": say("drawHelp") },
    });
    const help = make("p", { className: "draw-help", attributes: { role: "status" } },
        say(matchMedia("(hover: none)").matches ? "drawHelpTouch" : "drawHelp"));
    const sheet = make("div", { className: "draw-sheet" }, frame, help);
    stage.isDrawing = true;
    stage.node.append(sheet);
    put();
    frame.focus();

    const at = (event) => {
        const bounds = sheet.getBoundingClientRect();
        return [event.clientX - bounds.left, event.clientY - bounds.top];
    };
    sheet.addEventListener("pointerdown", (event) => {
        event.preventDefault();
        sheet.setPointerCapture(event.pointerId);
        from = at(event);
    });
    sheet.addEventListener("pointermove", (event) => {
        if (!from) return;
        const [x, y] = at(event);
        box = {
            left: Math.min(from[0], x), top: Math.min(from[1], y), width: Math.abs(x - from[0]),
                height: Math.abs(y - from[1]),
        };
        put();
    });
    sheet.addEventListener("pointerup", () => {
        from = null;
        if (box.width >= LEAST && box.height >= LEAST) finish();
    });
    frame.addEventListener("keydown", (event) => {
        const [x, y] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key]
            ?? [0, 0];
        event.stopPropagation();
        if (event.key === "Escape") return onCancel();
        if (event.key === "Enter") { event.preventDefault(); return finish(); }
        if (x === 0 && y === 0) return;
        event.preventDefault();
        if (event.shiftKey) {
            box.width = Math.max(LEAST, box.width + x * STEP);
            box.height = Math.max(LEAST, box.height + y * STEP);
        } else {
            box.left += x * STEP;
            box.top += y * STEP;
        }
        put();
    });

    function put() {
        frame.style.transform = `translate(${box.left}px, ${box.top}px)`;
        frame.style.width = `${box.width}px`;
        frame.style.height = `${box.height}px`;
    }

    /** Cut to the photo: the server refuses what lies outside. */
    function finish() {
        const drawn = stage.toPhoto(box);
        const x = Math.max(0, drawn.x);
        const y = Math.max(0, drawn.y);
        const width = Math.min(photo.width, drawn.x + drawn.width) - x;
        const height = Math.min(photo.height, drawn.y + drawn.height) - y;
        if (width > 0 && height > 0) onDone({ x, y, width, height });
        else onCancel();
    }

    return () => { stage.isDrawing = false; sheet.remove(); };
}
