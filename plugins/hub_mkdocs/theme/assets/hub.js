// What pages do with a script and can do without: remember light or dark, open the menu on a phone, lead from page to
// page when the site is opened from a disk, where no server turns a folder into its index.html, and bring the search.
(() => {
  "use strict";
  const root = document.documentElement;
  const key = "hub-theme";
  let chosen = null;
  try { chosen = localStorage.getItem(key); } catch { /* storage may be closed: the system's choice holds */ }
  if (chosen === "dark" || chosen === "light") root.dataset.theme = chosen;
  root.classList.add("has-script");

  // The search comes when a reader first turns to it: who only reads downloads none of it.
  const scripts = new URL(`${root.dataset.root}search/`, location.href).href;
  const hub = (window.hub = window.hub || {});
  let coming = null;
  const bring = () => {
    if (coming) return coming;
    coming = new Promise((resolve, reject) => {
      // Any of its scripts may fail: on its way, or in a browser that is too old for it.
      const failed = (event) => {
        if ((event.target.src || event.filename || "").startsWith(scripts)) reject(new Error(`${scripts} cannot be loaded`));
      };
      addEventListener("error", failed, true);
      document.addEventListener("hub-search", () => { removeEventListener("error", failed, true); resolve(); }, { once: true });
      const loader = document.createElement("script");
      loader.src = `${scripts}loader.js`;
      document.head.append(loader);
    });
    coming.catch(() => { /* so that the next to ask tries again */ coming = null; });
    return coming;
  };
  for (const name of ["search", "complete"]) {
    const first = (...given) => bring().then(() => {
      if (window.hub[name] === first) throw new Error(`${scripts} did not start`);
      return window.hub[name](...given);
    });
    hub[name] = first;
  }

  // Pages from a disk or from a server without a certificate may not have the clipboard: then a selection is copied, or
  // stays for the reader to copy.
  const copied = async (element) => {
    try {
      await navigator.clipboard.writeText(element.textContent);
      return true;
    } catch {
      getSelection().selectAllChildren(element);
      const done = document.execCommand("copy");
      if (done) getSelection().removeAllRanges();
      return done;
    }
  };

  document.addEventListener("focusin", (event) => {
    if (event.target.closest("[data-hub-search]")) bring().catch(() => { /* the form leads to the page of results, which says so */ });
  });
  document.addEventListener("keydown", (event) => {
    const writing = event.target.closest("input, textarea, select, [contenteditable]");
    const called = event.key === "/" ? !writing && !event.ctrlKey && !event.metaKey && !event.altKey
      : event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey;
    const box = called && [...document.querySelectorAll("[data-hub-search] input")].find((one) => one.offsetParent);
    if (!box) return;
    event.preventDefault();
    box.focus();
    box.select();
  });

  document.addEventListener("DOMContentLoaded", () => {
    if (location.protocol === "file:") {
      for (const link of document.querySelectorAll("a[href]")) {
        if (link.protocol === "file:" && link.pathname.endsWith("/")) link.pathname += "index.html";
      }
      for (const form of document.querySelectorAll("[data-hub-search]")) {
        if (form.action.endsWith("/")) form.action += "index.html";
      }
    }
    for (const box of document.querySelectorAll("[data-hub-search] input")) box.setAttribute("aria-keyshortcuts", "/ Control+K");
    const results = document.querySelector("[data-hub-results]");
    const asked = [...new URLSearchParams(location.search).values()].some((one) => one.trim());
    if (results && asked) {
      results.dataset.state = "asking";
      bring().catch(() => { results.dataset.state = "failed"; });
    }
    for (const button of document.querySelectorAll("[data-hub-copy]")) {
      const label = button.textContent;
      button.hidden = false;
      button.addEventListener("click", async () => {
        const text = document.getElementById(button.dataset.hubCopy);
        if (!await copied(text)) return;
        button.textContent = button.dataset.hubCopied;
        const status = button.closest("details")?.querySelector("[role=status]");
        if (status) status.textContent = button.dataset.hubCopied;
        setTimeout(() => { button.textContent = label; if (status) status.textContent = ""; }, 2000);
      });
    }
    // An edition's pages are not made again when others come: they ask at once; others when a reader does.
    const editions = document.querySelector("[data-hub-editions]");
    if (editions) {
      const bringEditions = () => {
        const script = document.createElement("script");
        script.src = editions.dataset.hubEditions;
        document.head.append(script);
      };
      if (editions.dataset.hubEdition) bringEditions();
      else editions.addEventListener("toggle", bringEditions, { once: true });
    }
    const button = document.querySelector("[data-hub-theme]");
    if (button) {
      button.hidden = false;
      button.addEventListener("click", () => {
        const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
        root.dataset.theme = dark ? "light" : "dark";
        try { localStorage.setItem(key, root.dataset.theme); } catch { /* it holds for this page */ }
      });
    }
    const menu = document.querySelector("[data-hub-menu]");
    const nav = document.getElementById("hub-nav");
    if (!menu || !nav) return;
    menu.setAttribute("role", "button");
    menu.setAttribute("aria-controls", "hub-nav");
    const open = (yes) => {
      root.classList.toggle("hub-nav-open", yes);
      menu.setAttribute("aria-expanded", String(yes));
      if (yes) nav.querySelector("a")?.focus();
    };
    open(false);
    menu.addEventListener("click", (event) => {
      event.preventDefault();
      open(!root.classList.contains("hub-nav-open"));
    });
    menu.addEventListener("keydown", (event) => { if (event.key === " ") { event.preventDefault(); menu.click(); } });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && root.classList.contains("hub-nav-open")) { open(false); menu.focus(); }
    });
  });
})();
