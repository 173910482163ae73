// Works without the extension and without the door: the page, as it is shown, goes to the clipboard with its address, to be
// pasted into the inbox. Where the browser does not let a page copy, it is saved as a file that carries its address.
(() => {
    const words = String(getSelection()).trim().split("\n")[0].slice(0, 300);
    const plain = location.href.split("#")[0];
    const address = words ? plain + "#:~:text=" + encodeURIComponent(words).replace(/-/g, "%2D") : plain;
    const mark = "<!-- saved from url=(" + String(address.length).padStart(4, "0") + ")" + address + " -->";
    const html = "<!DOCTYPE html>" + mark + "\n" + document.documentElement.outerHTML;
    const put = (event) => {
        event.clipboardData.setData("text/html", html);
        event.clipboardData.setData("text/plain", address);
        event.preventDefault();
        event.stopImmediatePropagation();
    };
    document.addEventListener("copy", put, true);
    const copied = document.execCommand("copy");
    document.removeEventListener("copy", put, true);
    if (!copied) {
        const link = document.createElement("a");
        link.href = URL.createObjectURL(new Blob([html], { type: "text/html;charset=utf-8" }));
        link.download = (document.title || location.hostname).replace(/[\\/:*?"<>|\x00-\x1f]+/g, " ").trim().slice(0, 100) + ".html";
        link.click();
        setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    }
    const told = document.createElement("div");
    told.textContent = copied ? "Copied: press Ctrl+V in the inbox of the workstation." : "Saved: drop the file on the workstation.";
    told.style.cssText = "position:fixed;z-index:2147483647;top:16px;right:16px;padding:12px 16px;border-radius:8px;" +
        "background:#10222f;color:#fff;font:15px/1.4 system-ui,sans-serif;box-shadow:0 4px 18px rgba(0,0,0,.35)";
    document.documentElement.append(told);
    setTimeout(() => told.remove(), 4000);
})();
