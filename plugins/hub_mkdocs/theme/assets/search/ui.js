// The search as readers meet it: completions below every search box, and the page of results. It stands in one file with
// the engine, after its start; hub.js brings it when a reader first turns to a box. ES2019; texts become text nodes,
// never HTML.
(() => {
  "use strict";
  const hub = window.hub;
  const page = document.documentElement;
  const file = page.dataset.file || (location.protocol === "file:" ? "index.html" : "");
  const results = document.querySelector("[data-hub-results]");
  const words = {
    ...JSON.parse(document.querySelector("[data-hub-words]").dataset.hubWords),
    ...(results ? JSON.parse(results.dataset.hubResults) : {}),
  };
  const plural = new Intl.PluralRules(page.lang);

  const make = (tag, given, ...inside) => {
    const made = document.createElement(tag);
    for (const name of Object.keys(given)) if (given[name]) made.setAttribute(name, given[name]);
    made.append(...inside);
    return made;
  };
  // "{0} instead of {1}" in pieces, with words or elements in the place of the figures.
  const parts = (text, ...values) => text.split(/\{(\d)\}/).map((part, n) => (n % 2 ? values[part] : part));
  const phrase = (text, ...values) => parts(text, ...values).join("");
  const counted = (forms, n, more) =>
    phrase(forms[plural.select(n) === "one" ? 0 : 1], n.toLocaleString(page.lang) + (more ? "+" : ""));
  const total = (answer) => counted(words.results, answer.total, !answer.exact);
  const to = (url) => {
    const [path, anchor] = url.split("#");
    return page.dataset.root + path + (path.endsWith("/") || !path ? file : "") + (anchor ? `#${anchor}` : "");
  };
  const other = (lang) => (lang && lang !== page.lang ? lang : "");
  const short = (text) => (text.length > 80 ? `${text.slice(0, 80)}…` : text);
  const wait = (time) => new Promise((done) => { setTimeout(done, time); });

  // On a slow or paid line, nothing is searched that was not asked for.
  const line = navigator.connection || {};
  const thrifty = line.saveData || /2g/.test(line.effectiveType || "");

  const complete = (form) => {
    const input = form.elements.q;
    const list = make("div", { class: "hub-options", role: "listbox", id: `${input.id}-list`, "aria-label": words.list });
    const said = make("span", { class: "hub-hidden", role: "status" });
    let turns = 0;
    let active = null;
    list.hidden = true;
    form.append(list, said);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("aria-expanded", "false");

    const options = () => [...list.querySelectorAll("[role=option]")];
    const select = (option) => {
      if (active) active.setAttribute("aria-selected", "false");
      active = option || null;
      if (active) {
        active.setAttribute("aria-selected", "true");
        active.scrollIntoView({ block: "nearest" });
        input.setAttribute("aria-activedescendant", active.id);
      } else input.removeAttribute("aria-activedescendant");
    };
    const show = (yes) => {
      list.hidden = !yes;
      input.setAttribute("aria-expanded", String(yes));
      if (!yes) select();
    };
    const close = () => {
      turns += 1;
      show(false);
      said.textContent = "";
    };
    const add = (place, href, text, note, lang) => {
      const id = `${list.id}-${options().length}`;
      const option = make("a", { role: "option", id, href, tabindex: "-1", "aria-selected": "false" });
      option.append(make("span", { lang }, text), " ", make("span", { class: "hub-note" }, note || ""));
      place.append(option);
    };
    const group = (label, found) => {
      if (!found.length) return;
      const made = make("div", { role: "group", "aria-label": label });
      list.append(made);
      for (const one of found) add(made, to(one.url), one.title, words.kinds[one.kind], other(one.lang));
    };
    const suggest = async () => {
      const prefix = input.value.trim();
      if (!prefix) return close();
      const turn = (turns += 1);
      const late = () => turn !== turns || document.activeElement !== input;
      await wait(100);
      if (late()) return;
      const found = await hub.complete(prefix, { limit: 8 });
      if (late()) return;
      const chosen = active && active.href;
      select();
      list.textContent = "";
      group(words.titles, found);
      show(found.length > 0);
      // Who chose one while the list was drawn again has it still.
      select(options().find((one) => one.href === chosen));
      said.textContent = counted(words.offers, found.length);
      if (prefix.length < 3 || thrifty) return;
      await wait(300);
      if (late()) return;
      const answer = await hub.search(prefix, { limit: 6, facets: false, excerpts: false });
      if (late() || !answer.total) return;
      // Below what is there, which keeps its place: a finger may be on its way to it.
      const offered = new Set(found.map((one) => one.url));
      group(words.found, answer.results.filter((one) => !offered.has(one.url)));
      add(list, `${form.action}?q=${encodeURIComponent(prefix)}`, phrase(words.all, short(prefix)), total(answer));
      list.lastChild.classList.add("hub-options__all");
      show(true);
      said.textContent = total(answer);
    };
    const start = () => { suggest().catch(close); };

    input.addEventListener("input", start);
    input.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) {
        event.preventDefault();
        if (list.hidden) return start();
        const stops = [null, ...options()];
        select(stops[(stops.indexOf(active) + step + stops.length) % stops.length]);
      } else if (event.key === "Enter" && active) {
        event.preventDefault();
        active.click();
      } else if (event.key === "Escape" && !list.hidden) {
        // The first closes the list; the second empties the box, as browsers do.
        event.preventDefault();
        event.stopPropagation();
        close();
      }
    });
    input.addEventListener("blur", close);
    form.addEventListener("submit", close);
    // The box keeps the focus, and so the list stays, until the link is followed.
    list.addEventListener("mousedown", (event) => { event.preventDefault(); });
    if (document.activeElement === input) start();
  };

  const answer = (form) => {
    const [count, read, filtered, hits, more, narrow] = ["count", "read", "filters", "hits", "more", "facets"]
      .map((name) => results.querySelector(`[data-hub-${name}]`));
    const input = form.elements.q;
    const title = document.title;
    const names = new Map();
    for (const code of Object.keys(words.kinds)) names.set(`kind:${code}`, words.kinds[code]);
    for (const code of Object.keys(words.languages)) names.set(`lang:${code}`, words.languages[code]);
    const called = (name, value) => names.get(`${name}:${value}`) || value;
    const STEP = 10;
    const SHOWN = 6;
    let turns = 0;

    // What is asked stands in the address alone, so that it can be sent, kept and gone back to.
    const asked = () => {
      const given = new URLSearchParams(location.search);
      const filters = Object.create(null);
      for (const name of Object.keys(words.facets)) if (given.has(name)) filters[name] = given.getAll(name);
      const choose = Object.create(null);
      for (const one of given.getAll("choose")) {
        const [, word, id] = /^(.*):(.*)$/.exec(one) || [];
        if (id) choose[hub.formOf(word)] = id;
      }
      const limit = Math.min(Math.max(Number(given.get("n")) || 0, STEP), 200);
      return { query: (given.get("q") || "").trim(), limit, how: { filters, choose, literal: given.getAll("literal") } };
    };
    const address = (change) => {
      const given = new URLSearchParams(location.search);
      given.delete("n");
      change(given);
      return `?${given}`;
    };
    const drop = (given, name, unwanted) => {
      const kept = given.getAll(name).filter((one) => !unwanted(one));
      given.delete(name);
      for (const one of kept) given.append(name, one);
    };
    const go = (target) => {
      try {
        if (target !== location.search) history.pushState(null, "", target);
        run(true);
      } catch {
        location.search = target;
      }
    };
    const link = (text, change, label) => make("a", { href: address(change), "data-go": "1", "aria-label": label }, text);

    const passage = (item, one) => {
      const text = item.lastChild;
      text.textContent = "";
      if (one.section) text.append(make("a", { href: to(one.section_url) }, one.section), " – ");
      let from = 0;
      for (const [start, end] of one.marks || []) {
        text.append(one.excerpt.slice(from, start), make("mark", {}, one.excerpt.slice(start, end)));
        from = end;
      }
      text.append(one.excerpt.slice(from));
    };
    const date = (written) => {
      const [year, month, day] = written.split("-").map(Number);
      if (!month) return written;
      const shown = { year: "numeric", month: "long", day: day ? "numeric" : undefined, timeZone: "UTC" };
      return new Date(Date.UTC(year, month - 1, day || 1)).toLocaleDateString(page.lang === "en" ? "en-GB" : page.lang, shown);
    };
    const hit = (one) => {
      const lang = other(one.lang);
      const kind = make("p", { class: "hub-eyebrow" }, words.kinds[one.kind] || one.kind);
      if (lang) kind.append(` · ${words.languages[lang] || lang}`);
      const status = words.statuses[one.status];
      if (status) kind.append(" · ", make("span", { class: "hub-status" }, status));
      if (one.date) kind.append(` · ${date(one.date)}`);
      const leading = make("a", { href: to(one.url), lang, hreflang: lang }, one.title);
      const item = make("li", { class: "hub-hit" }, kind, make("h3", { class: "hub-hit__title" }, leading),
        make("p", { class: "hub-hit__text", lang }));
      passage(item, one);
      return item;
    };

    const explain = (found, { choose, literal }) => {
      read.textContent = "";
      const tell = (...inside) => { read.append(make("p", {}, ...inside)); };
      for (const { form: word, kind, choices, chosen } of found.interpreted) {
        const mine = (one) => hub.formOf(one.replace(/:[^:]*$/, "")) === word;
        const plainly = (text) => link(text, (given) => { drop(given, "choose", mine); given.append("literal", word); });
        const meaning = ({ id, title: name }) =>
          link(name, (given) => { drop(given, "choose", mine); given.append("choose", `${word}:${id}`); });
        const one = choices.find(({ id }) => id === chosen);
        const rest = choices.filter(({ id }) => id !== chosen);
        const asIs = plainly(phrase(words.plain, word));
        if (kind === "spelling" && one) tell(...parts(words.instead, make("strong", {}, one.title), word), " ", asIs);
        else {
          const undo = word in choose ? link(words.undo, (given) => drop(given, "choose", mine)) : plainly(words.undo);
          if (one) tell(...parts(words.read, word, make("strong", {}, one.title)), " ", undo);
          if (rest.length) {
            const list = make("ul", {}, ...rest.map((each) => make("li", {}, meaning(each))));
            if (!one) list.append(make("li", {}, asIs));
            read.append(make("div", {}, phrase(one ? words.also : words.may, word), list));
          }
        }
      }
      for (const word of literal) {
        tell(phrase(words.literal, short(word)), " ", link(words.again, (given) => drop(given, "literal", (one) => one === word)));
      }
      const others = found.suggestions.map((one) =>
        make("li", {}, link(one, (given) => { given.delete("literal"); given.delete("choose"); given.set("q", one); })));
      if (others.length) read.append(make("div", {}, words.other, make("ul", {}, ...others)));
    };
    const chips = ({ filters }) => {
      filtered.textContent = "";
      const chip = (text, change, label) => filtered.append(make("li", {}, link(text, change, label)));
      const each = [].concat(...Object.keys(filters).map((name) => filters[name].map((value) => [name, value])));
      for (const [name, value] of each) {
        const shown = called(name, value);
        chip(`${shown} ×`, (given) => drop(given, name, (one) => one === value), phrase(words.remove, shown));
      }
      if (each.length > 1) chip(words.clear, (given) => each.forEach(([name]) => given.delete(name)));
    };
    const facet = (name, found, chosen, answered) => {
      for (const one of found) if (name !== "lang") names.set(`${name}:${one.value}`, one.label);
      const unfound = chosen.filter((value) => !found.some((one) => one.value === value));
      const all = [...unfound.map((value) => ({ value })), ...found];
      const telling = all.filter((one) => one.count !== answered.total || chosen.includes(one.value));
      if (!telling.length) return;
      const set = make("fieldset", {}, make("legend", {}, words.facets[name]));
      telling.forEach((one, n) => {
        const tick = make("input", { type: "checkbox", name, value: one.value });
        tick.checked = chosen.includes(one.value);
        const label = make("label", {}, tick, make("span", {}, called(name, one.value)));
        if (one.count) label.append(make("span", { class: "hub-count" }, one.count.toLocaleString(page.lang) + (answered.exact ? "" : "+")));
        label.hidden = n >= SHOWN && !tick.checked;
        set.append(label);
      });
      const rest = set.querySelectorAll("label[hidden]");
      if (rest.length) {
        const every = make("button", { type: "button" }, phrase(words.more, telling.length));
        every.addEventListener("click", () => {
          for (const label of rest) label.hidden = false;
          rest[0].firstChild.focus();
          every.remove();
        });
        set.append(every);
      }
      narrow.append(set);
    };
    const offer = (answered, { filters }) => {
      const focus = narrow.contains(document.activeElement) ? document.activeElement : {};
      while (narrow.children[1]) narrow.lastChild.remove();
      for (const name of Object.keys(words.facets)) facet(name, answered.facets[name] || [], filters[name] || [], answered);
      if (narrow.hidden) narrow.open = matchMedia("(min-width: 68em)").matches;
      narrow.hidden = !narrow.children[1];
      const same = [...narrow.querySelectorAll("input")].find((one) => one.name === focus.name && one.value === focus.value);
      if (same) same.focus();
    };

    const draw = (answered, query, limit, kept) => {
      if (!kept) hits.textContent = "";
      const fresh = answered.results.slice(hits.children.length).map(hit);
      hits.append(...fresh);
      const isNarrow = Object.keys(asked().how.filters).length > 0;
      const none = phrase(isNarrow ? words.narrowed : words.none, short(query));
      const { verified } = answered;
      count.textContent = [
        answered.total ? total(answered) : verified ? "" : none,
        verified ? phrase(answered.total ? words.verified : words.unread, verified.toLocaleString(page.lang)) : "",
      ].filter(Boolean).join(". ");
      more.hidden = answered.results.length < limit || (answered.exact && answered.total <= limit);
      results.dataset.state = answered.total ? "found" : "nothing";
      if (kept && fresh.length) fresh[0].querySelector("a").focus();
    };
    const run = async (moved, kept) => {
      const turn = (turns += 1);
      const { query, limit, how } = asked();
      const settle = (state) => {
        results.dataset.state = state;
        count.textContent = read.textContent = "";
      };
      input.value = query;
      document.title = query ? `${short(query)} – ${title}` : title;
      chips(how);
      for (const tick of narrow.querySelectorAll("input")) tick.checked = (how.filters[tick.name] || []).includes(tick.value);
      if (!query && !filtered.firstChild) return settle("empty");
      if (results.dataset.state !== "found") settle("asking");
      results.setAttribute("aria-busy", "true");
      const search = (wanted) => hub.search(query, { ...how, limit, facets: false, excerpts: false, ...wanted });
      let answered = null;
      try {
        answered = await search({});
      } catch {
        if (turn === turns) settle("failed");
      }
      if (turn !== turns) return;
      results.removeAttribute("aria-busy");
      if (!answered) return;
      draw(answered, query, limit, kept);
      explain(answered, how);
      // A link that was followed is gone now, and a tick may be: whoever moves by keyboard goes on from the number.
      const focus = document.activeElement;
      if (moved && focus !== input && !(results.contains(focus) && focus.offsetParent)) count.focus();
      if (!moved && history.state && history.state.y) scrollTo(0, history.state.y);
      try {
        const full = await search({ excerpts: true });
        if (turn !== turns) return;
        full.results.forEach((one, n) => passage(hits.children[n], one));
        if (!read.contains(document.activeElement)) explain(full, how);
        const counts = await search({ facets: true });
        if (turn !== turns) return;
        offer(counts, how);
        chips(how);
      } catch { /* the results are there; what completes them could not be loaded */ }
    };

    form.addEventListener("submit", (event) => {
      event.preventDefault();
      go(address((given) => { given.delete("literal"); given.delete("choose"); given.set("q", input.value.trim()); }));
      // On a telephone the keyboard would cover the results.
      if (matchMedia("(pointer: coarse)").matches) input.blur();
    });
    results.addEventListener("click", (event) => {
      const target = event.target.closest("[data-go]");
      if (!target || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      go(target.getAttribute("href"));
    });
    narrow.addEventListener("change", ({ target }) => {
      go(address((given) => {
        drop(given, target.name, (one) => one === target.value);
        if (target.checked) given.append(target.name, target.value);
      }));
    });
    more.addEventListener("click", () => {
      const given = new URLSearchParams(location.search);
      given.set("n", hits.children.length + STEP);
      history.replaceState(null, "", `?${given}`);
      run(true, true);
    });
    addEventListener("popstate", () => { run(); });
    // Results come after the page: the browser alone would not find the place again.
    addEventListener("pagehide", () => { history.replaceState({ y: scrollY }, ""); });
    run();
  };

  document.querySelectorAll("[data-hub-search]").forEach(complete);
  if (results) answer(document.getElementById("hub-search").form);
  document.dispatchEvent(new Event("hub-search"));
})();
