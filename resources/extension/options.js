"use strict";

const api = globalThis.browser ?? globalThis.chrome;
const DOOR = { origins: ["http://127.0.0.1/*"] };
const [form, port, token, told] = ["form", "port", "token", "told"].map((id) => document.getElementById(id));

function split(event) {
    // "PORT:TOKEN" may be pasted into either field.
    const found = /^\s*(\d{2,5}):(\S+)\s*$/.exec(event.clipboardData.getData("text/plain"));
    if (!found) return;
    event.preventDefault();
    [port.value, token.value] = [found[1], found[2]];
    told.textContent = "";
}

async function tried(number, secret) {
    // An empty page is refused (400), but only after the token was looked at.
    try {
        const answer = await fetch(`http://127.0.0.1:${number}/capture`, {
            method: "POST",
            headers: { "Content-Type": "application/json", Authorization: `Bearer ${secret}` },
            body: "{}",
            credentials: "omit",
            redirect: "error",
        });
        if (answer.status === 400) return "Saved. The workstation answers: the button captures the page in front of you.";
        if (answer.status === 401) return "Saved, but the workstation does not take this token. Copy it anew.";
        if (answer.status === 429) return "Saved. Too many wrong tokens were tried: wait half a minute.";
        if (answer.status === 403) return "Saved, but the workstation does not know this extension. Make a new token there.";
        return `Saved, but what listens on this port answers ${answer.status}. Is it the right port?`;
    } catch {
        return "Saved, but the workstation does not answer. Is it open, and its door switched on?";
    }
}

async function save(event) {
    event.preventDefault();
    const allowed = await api.permissions.request(DOOR); // Firefox may ask; it must come first, while the click counts
    const [number, secret] = [Number(port.value), token.value.trim()];
    await api.storage.local.set({ port: number, token: secret });
    told.textContent = allowed ? await tried(number, secret) : "The browser was not allowed to speak to 127.0.0.1. Allow it, and save again.";
}

form.addEventListener("submit", save);
for (const field of [port, token]) field.addEventListener("paste", split);
api.storage.local.get(["port", "token"]).then((kept) => {
    port.value = kept.port ?? "";
    token.value = kept.token ?? "";
});
