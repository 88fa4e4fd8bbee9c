// The log-in form is a plain form and works without this; here are its words, and what went wrong.

import { say, translatePage } from "./words.js";

translatePage();
document.title = `Lik: ${say("login")}`;

const problem = new URLSearchParams(location.search).get("error");
if (problem) {
    const node = document.getElementById("login-error");
    node.textContent = say(problem === "slow_down" ? "slowDown" : "wrongKey");
    node.hidden = false;
    document.getElementById("key").setAttribute("aria-describedby", node.id);
}
