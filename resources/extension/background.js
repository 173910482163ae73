// Reads the tab that the editor asked for, once, when the button or its key is pressed, and posts it to 127.0.0.1.
"use strict";

const api = globalThis.browser ?? globalThis.chrome;
const WAIT_MS = 60_000;
const SHOWN_MS = 8_000;

const TOLD = {
    401: "The token is not the one of the workstation. Copy it anew from Source > Capture from the browser.",
    403: "The workstation does not know this extension. Load the one that comes with it, or make a new token there.",
    404: "Something else listens on this port. Check the port in the options.",
    413: "This page is too large to hand over (16 MB). Save it and drop the file on the workstation.",
    429: "Too many wrong tokens were tried. Wait half a minute.",
};

// Runs inside the page, in the extension's own world: the page's scripts neither see nor change it.
function readPage() {
    const LARGE = 6_000_000;
    const opened = (element) => {
        try {
            return globalThis.chrome?.dom?.openOrClosedShadowRoot?.(element) ?? element.openOrClosedShadowRoot ?? element.shadowRoot;
        } catch {
            return element.shadowRoot;
        }
    };
    const copied = (from) => {
        // A copy with what is in shadow trees laid open, without recursion: pages can be deep.
        const whole = from.cloneNode(false);
        const waiting = [[from, whole]];
        while (waiting.length) {
            const [old, made] = waiting.pop();
            const root = old.nodeType === Node.ELEMENT_NODE ? opened(old) : null;
            for (const child of [...(root ? root.childNodes : []), ...old.childNodes]) {
                const copy = child.cloneNode(false);
                made.append(copy);
                waiting.push([child, copy]);
            }
        }
        return whole;
    };
    const hasShadow = [...document.querySelectorAll("*")].some((element) => opened(element));
    let page = hasShadow ? copied(document.documentElement) : document.documentElement;
    let html = page.outerHTML;
    if (html.length > LARGE) {
        page = hasShadow ? page : page.cloneNode(true);
        for (const ballast of page.querySelectorAll("script:not([type*='ld+json']), style, svg, canvas, video, audio")) ballast.remove();
        for (const picture of page.querySelectorAll("[src^='data:'], [srcset], [style]")) {
            for (const name of ["src", "srcset", "style"]) if (picture.getAttribute(name)?.length > 2_000) picture.removeAttribute(name);
        }
        html = page.outerHTML;
    }
    return { url: location.href, html: `<!DOCTYPE html>${html}`, words: String(getSelection()).slice(0, 20_000) };
}

async function capture(tab) {
    const { port, token } = await api.storage.local.get(["port", "token"]);
    if (!port || !token) {
        await api.runtime.openOptionsPage();
        return;
    }
    await show("…", "Capturing…", "#4a5568");
    try {
        const page = await read(tab);
        await show("✓", await post(port, token, page), "#0b6b4f");
    } catch (error) {
        await show("!", error.message, "#a3261b");
    }
    setTimeout(() => show("", "", "#4a5568"), SHOWN_MS);
}

async function read(tab) {
    try {
        const [{ result }] = await api.scripting.executeScript({ target: { tabId: tab.id }, func: readPage });
        if (result?.html) return result;
    } catch {
        // told below
    }
    throw new Error("The browser does not let extensions read this tab. Save the page, or copy its text.");
}

async function post(port, token, page) {
    let answer;
    try {
        answer = await fetch(`http://127.0.0.1:${Number(port)}/capture`, {
            method: "POST",
            headers: { "Content-Type": "application/json", Authorization: `Bearer ${token}` },
            body: JSON.stringify(page),
            credentials: "omit",
            cache: "no-store",
            redirect: "error",
            signal: AbortSignal.timeout(WAIT_MS),
        });
    } catch {
        throw new Error("The workstation does not answer. Is it open, and its door switched on, with this port?");
    }
    const told = (await answer.json().catch(() => ({}))).told;
    if (!answer.ok) throw new Error(told || TOLD[answer.status] || `The workstation refused the page (${answer.status}).`);
    return told || "Captured.";
}

async function show(badge, title, colour) {
    await api.action.setBadgeBackgroundColor({ color: colour });
    await api.action.setBadgeText({ text: badge });
    await api.action.setTitle({ title: title || "Capture this page (Alt+Shift+S)" });
}

api.action.onClicked.addListener(capture);
api.runtime.onInstalled.addListener(({ reason }) => {
    if (reason === "install") api.runtime.openOptionsPage();
});
