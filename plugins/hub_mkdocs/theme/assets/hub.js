// What pages do with a script and can do without: remember light or dark, open the menu on a phone, and lead from page
// to page when the site is opened from a disk, where no server turns a folder into its index.html.
(() => {
  "use strict";
  const root = document.documentElement;
  const key = "hub-theme";
  let chosen = null;
  try { chosen = localStorage.getItem(key); } catch { /* storage may be closed: the system's choice holds */ }
  if (chosen === "dark" || chosen === "light") root.dataset.theme = chosen;
  root.classList.add("has-script");

  document.addEventListener("DOMContentLoaded", () => {
    if (location.protocol === "file:") {
      for (const link of document.querySelectorAll("a[href]")) {
        if (link.protocol === "file:" && link.pathname.endsWith("/")) link.pathname += "index.html";
      }
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
