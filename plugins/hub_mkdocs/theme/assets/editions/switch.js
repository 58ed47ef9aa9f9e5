// The editions of the site, for the switch at the foot of every page: hub.js brings this script when a reader opens it, and
// on the pages of an edition at once, which are not made anew when the current site changes. It asks a script of
// `pages/` who else has the page, and leads there, or else to the other's home page.
(() => {
  "use strict";
  const data = DATA;
  const box = document.querySelector("[data-hub-editions]");
  if (!box) return;
  const page = document.documentElement;
  const here = document.currentScript.src.replace(/[^/]*$/, "");
  const file = page.dataset.file || (location.protocol === "file:" ? "index.html" : "");
  const words = JSON.parse(box.dataset.hubSaid);
  const own = box.dataset.hubEdition || "";
  const address = box.dataset.hubPage;
  const all = [{ name: "", languages: data.languages }, ...data.editions];

  const to = (one, has) => {
    const home = one.languages.indexOf(page.lang) > 0 ? `${page.lang}/` : "";
    return (one.name ? `${here}${one.name}/` : new URL("../", here).href) + (has ? encodeURI(address) : home) + file;
  };
  const item = (one, has) => {
    const text = one.name || words.current;
    const made = document.createElement(one.name === own ? "strong" : "a");
    if (one.name === own) made.setAttribute("aria-current", "true");
    else made.href = to(one, has);
    made.append(text);
    const row = document.createElement("li");
    const notes = [...(one.name ? [one.date[page.lang]] : []), ...(has ? [] : [words.home])];
    row.append(made, notes.length ? ` ${notes.join(", ")}` : "");
    return row;
  };
  const show = (holders) => {
    const has = (one) => one.name === own || holders.includes(one.name);
    const list = box.querySelector("ul");
    const rows = all.filter((one, n) => n <= data.shown || one.name === own).map((one) => item(one, has(one)));
    list.prepend(...rows);
    const current = document.querySelector("[data-hub-current]");
    if (!current) return;
    current.href = to(all[0], has(all[0]));
    if (!has(all[0])) current.textContent = words.gone;
    for (const link of document.querySelectorAll("[data-hub-list]")) {
      if (data.languages.indexOf(page.lang) > 0) link.href = `${new URL("../", here).href}${page.lang}/editions/${file}`;
    }
  };

  if (address === undefined) { show([]); return; }
  let number = 0;
  for (let n = 0; n < address.length; n += 1) number = (number * 31 + address.charCodeAt(n)) % 4294967296;
  window.hub.heldBy = (found) => show(found[address] || []);
  const script = document.createElement("script");
  script.src = `${here}pages/${number % data.parts}.js`;
  script.addEventListener("error", () => show([]));
  document.head.append(script);
})();
