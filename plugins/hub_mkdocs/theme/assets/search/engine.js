// The search in the browser: the steps of hub/search/ in Python on the same scripts, with the very same answers.
// ES2019 without lookbehind or \p{…}: old telephones have neither. No fetch, no module: pages open from disks too.
(() => {
  "use strict";
  const hub = (window.hub = window.hub || {});

  // As Python sorts by a tuple.
  const sorted = (list, key) => list.map((one) => [key(one), one]).sort(([one], [other]) => {
    const at = one.findIndex((value, n) => value !== other[n]);
    return at < 0 ? 0 : one[at] < other[at] ? -1 : 1;
  }).map(([, one]) => one);

  // Analysis (analysis.py): from text to words and terms.
  const LONGEST = 40;
  const LETTER = "0-9A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af\u0370-\u1fff\u2c00-\u2dff\u3040-\ua71f\ua800-\ud7ff";
  const UNSTABLE = /[\u1c80-\u1c8f\u2c2f\u2c5f\ua720-\ua7ff\ud800-\udfff]/g;
  const MARKS = /[\u0300-\u036f]+/g;
  const STEMMED = /^[a-z]{4,}$/;
  const TOKEN = new RegExp(`[${LETTER}]+(?:'[${LETTER}]+)*`, "g");
  const DOTTED = new RegExp(`(^|[^${LETTER}])((?:[A-Za-z]\\.){2,}(?:[A-Za-z](?![${LETTER}]))?)`, "g");
  const UPPER = /^(?=.*[A-Z])[A-Z0-9]{2,}s?$/;

  hub.analyser = (language) => {
    const { folds, plurals } = language;
    const folded = new RegExp(`[${Object.keys(folds).join("")}]`, "g");
    const elided = new Set(language.elided.split(" "));
    const stop = new Set(language.stop.join(" ").split(" "));
    const suffixes = new Map(language.suffixes.map(([ending, ...rule]) => [ending, rule]));
    const longestSuffix = Math.max(...[...suffixes.keys()].map((ending) => ending.length));

    const tokens = (text) => text.replace(UNSTABLE, " ").normalize("NFKD").replace(MARKS, "")
      .replace(folded, (letter) => folds[letter])
      .replace(DOTTED, (_, before, letters) => before + letters.replace(/\./g, "") + (letters.endsWith(".") ? " " : ""))
      .match(TOKEN) || [];

    const stem = (form) => {
      if (!STEMMED.test(form)) return form;
      const plural = plurals.find(([ending, least]) => form.endsWith(ending) && form.length - ending.length >= least);
      if (plural) form = form.slice(0, form.length - plural[0].length) + plural[2];
      for (let length = Math.min(longestSuffix, form.length - 1); length; length--) {
        const rule = suffixes.get(form.slice(-length));
        if (rule && form.length - length >= rule[0]) {
          form = form.slice(0, -length) + rule[1];
          break;
        }
      }
      if (form.length > 4 && /[ei]$/.test(form)) form = form.slice(0, -1);
      if (form.length > 4 && /(.)\1$/.test(form)) form = form.slice(0, -1);
      return form;
    };

    const ofToken = (one) => {
      const parts = one.split("'");
      while (parts.length > 1 && elided.has(parts[0].toLowerCase())) parts.shift();
      if (parts.length > 1 && /^[sS]$/.test(parts[parts.length - 1])) parts.pop();
      return parts.map((part) => {
        const form = part.toLowerCase().slice(0, LONGEST);
        return { form, term: stop.has(form) ? "" : stem(form), isUpper: UPPER.test(part) };
      });
    };

    return (text) => {
      const found = [];
      for (const one of tokens(text)) found.push(...ofToken(one));
      return found;
    };
  };

  // Scripts and trees (tree.py).
  const HASH_DIGITS = 5;
  const own = document.currentScript;
  const folder = own ? own.src.replace(/[^/]*$/, "") : "";
  const asked = new Map();
  const waiting = new Map();

  hub.take = (name, content) => {
    if (waiting.has(name)) waiting.get(name)(content);
    waiting.delete(name);
  };

  const load = (name) => {
    if (!asked.has(name)) {
      asked.set(name, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        waiting.set(name, resolve);
        // A server may also answer with a page that says that there is nothing: then the script ends without a word.
        script.onload = script.onerror = () => {
          script.remove();
          if (!waiting.delete(name)) return;
          asked.delete(name);
          reject(new Error(`${script.src} cannot be loaded`));
        };
        script.src = `${folder}${name}.js`;
        document.head.append(script);
      }));
    }
    return asked.get(name);
  };

  const base36 = (number, digits) => number.toString(36).padStart(digits, "0");

  const scriptName = (tree, level, key, hash) => {
    const plain = key.replace(/[^0-9a-z]/g, (sign) => `_${sign.charCodeAt(0).toString(16)}`);
    return `${tree}-${level}${plain.slice(0, 60)}-${hash}`;
  };

  const children = ([keys, hashes]) =>
    hashes ? keys.split(" ").map((key, n) => [key, hashes.substr(n * HASH_DIGITS, HASH_DIGITS)]) : [];

  // Posting lists (postings.py): bytes as the letters of a text.
  const MOST = 200;
  const MOST_PLACES = 16;

  const reader = (data) => {
    let at = 0;
    const byte = () => data.charCodeAt(at++);
    const varint = () => {
      let number = 0;
      for (let factor = 1; ; factor *= 128) {
        const one = byte();
        number += (one % 128) * factor;
        if (one < 128) return number;
      }
    };
    const slots = (count) => {
      const found = [];
      for (let slot = 0; at < data.length && found.length < count;) found.push((slot += varint()));
      return found;
    };
    const places = () => {
      const found = [];
      for (let place = 0, step = 1; step % 2;) {
        step = varint();
        found.push((place += Math.floor(step / 2)));
      }
      return found;
    };
    const postings = (count, hasPlaces) => {
      const found = slots(count).map((slot) => ({ slot, places: [] }));
      for (const one of found) one.strength = byte();
      if (hasPlaces) for (const one of found) one.places = places();
      return found;
    };
    return { byte, varint, slots, postings, bytes: (count) => data.slice(at, (at += count)) };
  };

  const decode = (list) => {
    const { varint, byte, postings } = reader(list);
    const frequency = varint();
    return { frequency, rarity: byte(), found: postings(Math.min(frequency, MOST), true) };
  };

  const decodeTail = (list) => {
    const { varint, postings } = reader(list);
    return list ? postings(varint(), false) : [];
  };

  const cut = ([keys, base64]) => {
    const { varint, bytes } = reader(atob(base64));
    return new Map(keys.split(" ").map((key) => [key, bytes(varint())]));
  };

  // Concepts (concepts.py).
  const PREFIX = "c:";

  const readConcepts = (rows) => {
    const byId = new Map();
    const byForm = new Map();
    const byShort = new Map();
    const byFirst = new Map();
    const put = (map, key, one) => map.set(key, [...(map.get(key) || []), one]);
    for (const [id, titles, forms, short, close] of rows) {
      byId.set(id, { titles, forms, short, close });
      for (const form of forms) put(byForm, form, id);
      for (const form of short) put(byShort, form, id);
    }
    const all = [...byForm].map(([form, ids]) => ({ terms: form.split(" "), ids }));
    // The longest first.
    for (const one of sorted(all, ({ terms }) => [-terms.length])) put(byFirst, one.terms[0], one);

    const lengthAt = (terms, text, at) => {
      let here = at;
      for (const term of terms) {
        while (here < text.length && !text[here].term) here++;
        if (here === text.length || text[here].term !== term) return 0;
        here++;
      }
      return here - at;
    };
    const occurrenceAt = (text, start, isQuery) => {
      const { term, form, isUpper } = text[start];
      for (const { terms, ids } of byFirst.get(term) || []) {
        const length = lengthAt(terms, text, start);
        if (length) return { start, length, ids };
      }
      return (isUpper || (isQuery && term)) && byShort.has(form) ? { start, length: 1, ids: byShort.get(form) } : null;
    };
    const occurrences = (text, isQuery) => {
      const found = [];
      for (let at = 0; at < text.length;) {
        const one = occurrenceAt(text, at, isQuery);
        if (one) found.push(one);
        at += one ? one.length : 1;
      }
      return found;
    };
    return { byId, occurrences };
  };

  // The index (reading.py, slots.py).
  const LAST = "\uffff";

  const openIndex = (manifest) => {
    const [size, languages] = manifest.table;
    const sections = languages.length + 1;
    const lists = new WeakMap();
    let concepts = null;

    const leaves = async (tree, first, last, most) => {
      const root = manifest.trees[tree];
      const [depth, ...top] = typeof root === "string" ? await load(root) : root;
      const found = [];
      const walk = async (level, below) => {
        let at = Math.max(below.length - 1, 0);
        while (at > 0 && below[at][0] > first) at--;
        for (; at < below.length && found.length < most && (below[at][0] <= last || !below[at][0]); at++) {
          const name = scriptName(tree, level, ...below[at]);
          if (level) await walk(level - 1, children(await load(name)));
          else found.push(name);
        }
      };
      await walk(depth, children(top));
      return Promise.all(found.map(load));
    };
    const leaf = async (tree, key) => (await leaves(tree, key, key, 1))[0];
    const list = async (tree, term) => {
      const found = await leaf(tree, term);
      if (!found) return "";
      if (!lists.has(found)) lists.set(found, cut(found));
      return lists.get(found).get(term) || "";
    };
    const row = async (tree, key) => (await leaf(tree, key)).find(([own]) => own === key);

    return {
      languages,
      rank: (slot) => Math.floor(slot / size / sections),
      lang: (slot) => languages[Math.floor(slot / size) % sections],
      concepts: async () => concepts || (concepts = readConcepts(await load(manifest.concepts))),
      postings: async (term) => {
        const found = await list("terms", term);
        return found && decode(found);
      },
      tail: async (term) => decodeTail(await list("tails", term)),
      record: (slot) => row("records", base36(slot, 5)),
      passage: (slot, number) => row("passages", base36(slot, 5) + base36(number, 2)),
      passages: async (slot, most) => {
        const mark = base36(slot, 5);
        return [].concat(...await leaves("passages", mark, mark + LAST, most)).filter(([key]) => key.startsWith(mark));
      },
      forms: async (prefix, most) => {
        const found = await leaves("words", prefix, prefix + LAST, most);
        const forms = [].concat(...found.map(([keys, counts]) => keys.split(" ").map((form, n) => [form, counts[n]])));
        return forms.filter(([form]) => form.startsWith(prefix));
      },
      names: async (prefix, most) =>
        [].concat(...await leaves("names", prefix, prefix + LAST, most)).filter(([key]) => key.startsWith(prefix)),
      facet: async (name) =>
        (await load(manifest.facets[name])).map(([value, labels, slots]) =>
          ({ value, labels, slots: reader(atob(slots)).slots(Infinity) })),
    };
  };

  // How a query is read (query.py).
  const MOST_LETTERS = 2000;
  const MOST_TERMS = 30;
  const WORD = 20, CONCEPT = 16, CLOSE = 10, SPELT = 14;
  const TWO_EDITS = 8;
  const STAGES = [[3, 4], [2, 6], [1, 8]];
  const SUGGESTED = 3;
  const IS_SPELT = /^[a-z]{4,}$/;

  // Optimal string alignment: letters too many, too few, wrong, or swapped with the next.
  const edits = (one, other) => {
    const rows = [];
    for (let i = 0; i <= one.length; i++) {
      rows[i] = [];
      for (let j = 0; j <= other.length; j++) {
        const isOther = one[i - 1] === other[j - 1] ? 0 : 1;
        const isSwapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
        rows[i][j] = i && j ? Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + isOther,
          isSwapped ? rows[i - 2][j - 2] + 1 : Infinity) : i + j;
      }
    }
    return rows[one.length][other.length];
  };

  const corrections = async (form, index) => {
    const most = form.length >= TWO_EDITS ? 2 : 1;
    const found = new Map();
    for (const [letters, leaves] of STAGES) {
      for (const [known, count] of await index.forms(form.slice(0, letters), leaves)) {
        const distance = Math.abs(known.length - form.length) > most ? Infinity : edits(form, known);
        if (distance <= most) found.set(known, [distance, -count, known]);
      }
      if ([...found.values()].some(([distance]) => distance === 1)) break;
    }
    return sorted([...found.keys()], (known) => found.get(known));
  };

  const readQuery = async (text, words, index, lang, literal, choose) => {
    const parts = [], phrases = [], readings = [], suggestions = [];
    const marked = new Set(), means = new Set();
    const formOf = (one) => words(one).map(({ form }) => form).join(" ");
    const plain = new Set(literal.map(formOf));
    const wishes = new Map(Object.keys(choose).map((one) => [formOf(one), choose[one]]));
    const read = [];
    const units = new Map();
    const pieces = [...text.slice(0, 2 * MOST_LETTERS)].slice(0, MOST_LETTERS).join("").split(/["“”«»„]/);
    pieces.forEach((piece, number) => {
      const found = words(piece);
      // A last quote that nothing closes opens no phrase.
      const isQuoted = number % 2 && number < pieces.length - 1;
      if (isQuoted && found.some(({ term }) => term)) phrases.push(found.map(({ form }) => form));
      read.push(...found);
    });
    const typed = [];
    for (const word of read) {
      if (word.term && !units.has(word.term)) {
        if (units.size === MOST_TERMS) break;
        units.set(word.term, units.size);
      }
      typed.push(word);
    }
    const terms = units.size;

    // Asked for at once, awaited one after the other below.
    for (const term of units.keys()) index.postings(term).catch(() => {});
    const { byId, occurrences } = await index.concepts();
    const add = async (term, weight, unit, isWord) => {
      const postings = await index.postings(term);
      if (postings) parts.push({ term, weight, unit, isWord, postings });
      return postings;
    };

    const added = new Set();
    const near = [];
    const readAs = new Set();
    const addConcept = async (id, weight, unit) => {
      if (!added.has(id)) await add(PREFIX + id, weight, unit, false);
      added.add(id);
    };
    for (const { start, length, ids } of occurrences(typed, true)) {
      const run = typed.slice(start, start + length);
      const form = run.map((word) => word.form).join(" ");
      if (plain.has(form)) continue;
      const unit = units.get((run.find(({ term }) => term) || {}).term) || 0;
      const meant = ids.filter((id) => !ids.includes(wishes.get(form)) || id === wishes.get(form));
      for (const id of meant) {
        const { close } = byId.get(id);
        await addConcept(id, CONCEPT, unit);
        means.add(id);
        near.push(...close.filter((other) => byId.has(other)).map((other) => [other, unit]));
      }
      for (const { term } of run) readAs.add(term);
      const { forms, short } = byId.get(meant[0]);
      if (ids.length > 1 || forms.length + short.length > 1) {
        const choices = ids.map((id) => ({ id, title: byId.get(id).titles[lang] }));
        const reading = { form, kind: "concept", choices, chosen: meant.length > 1 ? null : meant[0] };
        if (!readings.some((one) => one.form === form)) readings.push(reading);
      }
    }
    // After all that was typed, which counts for more.
    for (const [other, unit] of near) await addConcept(other, CLOSE, unit);

    for (const { form, term } of typed) {
      if (!units.has(term)) continue;
      const unit = units.get(term);
      units.delete(term);
      marked.add(term);
      if (await add(term, WORD, unit, true) || plain.has(form) || readAs.has(term)) continue;
      const [right, ...others] = IS_SPELT.test(form) ? await corrections(form, index) : [];
      const [word] = words(right || "");
      if (word && word.term && await add(word.term, SPELT, unit, true)) {
        marked.add(word.term);
        readings.push({ form, kind: "spelling", choices: [{ id: right, title: right }], chosen: right });
      }
      // Another ending of the same word is no other word.
      const told = new Set(word && [word.term]);
      for (const other of others) {
        const [{ term }] = words(other);
        if (told.has(term) || told.size > SUGGESTED) continue;
        told.add(term);
        suggestions.push(other);
      }
    }
    return { parts: sorted(parts, ({ unit }) => [unit]), phrases, readings, suggestions, marked, means, terms };
  };

  // The ranking (ranking.py): whole numbers only.
  const NAME_CODES = 16;
  const STRETCHES = 32;
  const ALSO = 10000;
  const TOGETHER = 1180, NEARLY = 350;
  const EXACT = 1000000000;
  const OWN_LANGUAGE = 8;

  const passageOf = (place) => Math.floor(place / STRETCHES);

  const nearness = (one, other) => {
    if (one[0] < NAME_CODES && other[0] < NAME_CODES) return TOGETHER;
    if (one.some((place) => other.includes(place))) return TOGETHER;
    const isNext = (place, next) => place >= NAME_CODES && next >= NAME_CODES
      && passageOf(place) === passageOf(next) && other.includes(next);
    return one.some((place) => isNext(place, place + 1) || isNext(place, place - 1)) ? NEARLY : 0;
  };

  const isNamed = ({ places }, spoken, terms) => {
    if (spoken.length !== terms || terms > NAME_CODES) return false;
    const codes = spoken.map(({ term }) => (places.get(term) || [])[0]);
    return Math.max(...codes) === terms - 1;
  };

  const rank = (parts, terms, index, lang, allowed) => {
    const found = new Map();
    for (const { term, weight, unit, postings } of parts) {
      for (const { slot, strength, places } of postings.found) {
        if (allowed && !allowed.has(slot)) continue;
        if (!found.has(slot)) found.set(slot, { slot, score: 0, units: new Set(), places: new Map() });
        const one = found.get(slot);
        one.score += weight * postings.rarity * strength;
        one.units.add(unit);
        one.places.set(term, places);
      }
    }
    const spoken = parts.filter(({ isWord }) => isWord);
    for (const one of found.values()) {
      one.score += ALSO * (one.units.size - 1);
      for (let n = 1; n < spoken.length; n++) {
        const [first, second] = [spoken[n - 1], spoken[n]];
        const [here, there] = [one.places.get(first.term), one.places.get(second.term)];
        if (first.term === second.term || !here || !there) continue;
        one.score += Math.min(first.postings.rarity, second.postings.rarity) * nearness(here, there);
      }
      if (index.lang(one.slot) === lang) one.score += Math.floor(one.score / OWN_LANGUAGE);
      if (isNamed(one, spoken, terms)) one.score += EXACT;
    }
    return sorted([...found.values()], ({ slot, score }) => [index.rank(slot), -score, slot]);
  };

  // Excerpts (excerpt.py).
  const LENGTH = 240;
  const BEFORE = 50;
  const CHUNK = /[^ \t\n\r\f\v\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+/g;
  const FIRST = new RegExp(`[${LETTER}]|$`);
  const REST = new RegExp(`[^${LETTER}\u0300-\u036f]*$`);

  const bestPassage = (parts, places) => {
    const found = new Map();
    for (const { term, weight, postings } of parts) {
      // What is only close in meaning is not marked: its passage is shown where the record has nothing else.
      const counts = weight > CLOSE ? postings.rarity : 0;
      const here = (places.get(term) || []).filter((place) => place >= NAME_CODES);
      for (const number of new Set(here.map(passageOf))) found.set(number, (found.get(number) || 0) + counts);
    }
    return sorted([...found.keys()], (number) => [-found.get(number), !number, number])[0] || 0;
  };

  // What is marked, a term or a concept, from its first chunk to its last.
  const spansOf = (chunks, { marked, means }, { occurrences }) => {
    const run = [].concat(...chunks.map(({ found }, at) => found.map((word) => ({ ...word, at }))));
    const spans = run.filter(({ term }) => marked.has(term)).map(({ at, term }) => [at, at, term]);
    for (const { start, length, ids } of means.size ? occurrences(run) : []) {
      const meant = ids.find((id) => means.has(id));
      if (meant) spans.push([run[start].at, run[start + length - 1].at, PREFIX + meant]);
    }
    return sorted(spans, (span) => span);
  };

  const excerpt = (text, words, query, concepts) => {
    const chunks = [];
    text.replace(CHUNK, (chunk, start) => {
      chunks.push({ start, end: start + chunk.length, found: words(chunk) });
    });
    if (!chunks.length) return { text: "", marks: [] };
    const spans = spansOf(chunks, query, concepts);
    let first = 0;
    let most = 0;
    spans.forEach(([begin], n) => {
      const end = chunks[begin].start + LENGTH - BEFORE;
      const seen = new Set();
      for (let at = n; at < spans.length && chunks[spans[at][0]].end <= end; at++) {
        if (chunks[spans[at][1]].end <= end) seen.add(spans[at][2]);
      }
      if (seen.size > most) [first, most] = [begin, seen.size];
    });
    const begins = new Set(spans.map(([begin]) => begin));
    for (let target = first; first > 0 && chunks[first - 1].start >= chunks[target].start - BEFORE;) {
      first--;
      if (begins.has(first)) target = first;
    }
    let last = first;
    while (last + 1 < chunks.length && chunks[last + 1].end - chunks[first].start <= LENGTH) last++;
    const { start } = chunks[first];
    const end = Math.min(chunks[last].end, start + 2 * LENGTH);
    const before = first > 0 ? "… " : "";
    const after = last + 1 < chunks.length ? " …" : "";
    // A word in a form that is marked has no mark of its own.
    const runs = [];
    for (const [begin, stop] of spans.filter((span) => span[0] >= first && span[1] <= last)) {
      const run = runs[runs.length - 1];
      if (run && begin <= run[1]) run[1] = Math.max(run[1], stop);
      else runs.push([begin, stop]);
    }
    const marks = runs.map(([begin, stop]) => {
      const from = chunks[begin].start;
      const bare = text.slice(from, Math.min(chunks[stop].end, end));
      const [left, right] = [bare.search(FIRST), bare.search(REST)];
      return (left < right ? [left, right] : [0, bare.length]).map((place) => place + from + before.length - start);
    });
    // A pair of surrogates may have been cut.
    const shown = text.slice(start, end).replace(/[\ud800-\udbff]$/, "\ufffd");
    return { text: before + shown + after, marks };
  };

  // The engine (engine.py).
  const VERIFIED = 30, MOST_VERIFIED = 200;
  const PASSAGE_LEAVES = 16;
  const VALUES = 20;
  const NAME_LEAVES = 3;
  const NAME_KEY = 24;
  const FACETS = ["kind", "theme", "year", "place", "lang", "person", "group"];
  // From the last on: -1 stands for all other kinds.
  const OFFERED_FIRST = ["person", "term"];

  hub.startEngine = (language, manifest) => {
    const words = hub.analyser(language);
    const index = openIndex(manifest);
    const { languages } = index;

    const atMost = (given, usual) => (given !== null && given >= 0 ? given : usual);
    const several = (given) => [].concat(given).filter((one) => one != null).map(String);

    const allSlots = (slots) => {
      const found = [...slots].map((slot) => ({ slot, strength: 0, places: [] }));
      return { term: "", weight: 0, unit: 0, isWord: false, postings: { frequency: found.length, rarity: 0, found } };
    };

    const allowedBy = async (filters) => {
      let left = null;
      for (const name of FACETS) {
        const wanted = several(filters[name]);
        if (!wanted.length) continue;
        const slots = new Set();
        for (const { value, slots: have } of await index.facet(name)) {
          if (wanted.includes(value)) for (const slot of have) if (!left || left.has(slot)) slots.add(slot);
        }
        left = slots;
      }
      return left;
    };

    const whole = async (part) => {
      const { postings } = part;
      if (postings.frequency <= postings.found.length) return part;
      const found = [...postings.found, ...await index.tail(part.term)];
      return { ...part, postings: { ...postings, found } };
    };

    // Phrases (phrases.py).
    // A term without places, as among the weaker records, or with so many that not all are kept.
    const isAnywhere = ({ length }) => length % MOST_PLACES === 0;
    const mayTouch = (one, other) => isAnywhere(one) || isAnywhere(other)
      || (one[0] < NAME_CODES && other[0] < NAME_CODES)
      || one.some((place) => other.some((next) => Math.abs(place - next) < 2));
    const termsOf = (phrase) => words(phrase.join(" ")).map(({ term }) => term).filter(Boolean);

    const mayHold = ({ places }, phrase) => {
      const terms = termsOf(phrase);
      return terms.every((term, n) => places.has(term) && (!n || mayTouch(places.get(terms[n - 1]), places.get(term))));
    };

    const hasPhrases = async ({ slot, places }, phrases) => {
      const isUnknown = phrases.some((phrase) => termsOf(phrase).every((term) => isAnywhere(places.get(term))));
      const numbers = [...new Set([].concat(...places.values()).map(passageOf))];
      const shown = isUnknown
        ? index.passages(slot, PASSAGE_LEAVES)
        : Promise.all(numbers.map((number) => index.passage(slot, number)));
      const texts = [(await index.record(slot))[4]].concat(...(await shown).map(([, , heading, text]) => [heading, text]));
      const found = texts.map((text) => words(text).map(({ form }) => form));
      const has = (text, phrase) => text.some((_, at) => phrase.every((form, n) => text[at + n] === form));
      return phrases.every((phrase) => found.some((text) => has(text, phrase)));
    };

    const verify = async (found, phrases) => {
      const may = found.filter((one) => phrases.every((phrase) => mayHold(one, phrase)));
      let having = [];
      let read = 0;
      while (!having.length && read < Math.min(may.length, MOST_VERIFIED)) {
        const some = may.slice(read, Math.min(read + VERIFIED, MOST_VERIFIED));
        const has = await Promise.all(some.map((one) => hasPhrases(one, phrases)));
        having = some.filter((_, n) => has[n]);
        read += some.length;
      }
      return { read, having, isAll: read === may.length };
    };

    const result = async ({ slot, score, places }, query, excerpts) => {
      const [, kind, id, lang, title, url, summary, date, status] = await index.record(slot);
      let [anchor, section, shown] = ["", "", { text: summary, marks: [] }];
      if (excerpts) {
        const number = bestPassage(query.parts, places);
        let text = summary;
        if (number) [, anchor, section, text] = await index.passage(slot, number);
        shown = excerpt(text, words, query, await index.concepts());
      }
      return {
        id, kind, lang, title, url, score, excerpt: shown.text, marks: shown.marks, section,
        section_url: anchor ? `${url}#${anchor}` : url, date, status,
      };
    };

    const facet = async (name, slots, at) => {
      const counted = (await index.facet(name)).map(({ value, labels, slots: have }) =>
        ({ value, label: labels[at], count: have.filter((slot) => slots.has(slot)).length }));
      return sorted(counted.filter(({ count }) => count), ({ count, value }) => [-count, value]).slice(0, VALUES);
    };

    hub.search = async (text, given) => {
      const { limit, filters, literal, choose, facets = true, excerpts = true, lang } = given || {};
      const at = Math.max(languages.indexOf(lang || document.documentElement.lang), 0);
      const reader = languages[at];
      const typed = String(text || "");
      const query = await readQuery(typed, words, index, at, several(literal), choose || {});
      const allowed = await allowedBy(filters || {});
      let parts = allowed ? await Promise.all(query.parts.map(whole)) : query.parts;
      let found = rank(parts, query.terms, index, reader, allowed);
      if (!parts.length && !query.terms && allowed) {
        found = rank([allSlots(allowed)], 0, index, reader);
      }
      const isWhole = () => parts.every(({ postings }) => postings.frequency <= postings.found.length);
      let verified = { isAll: true };
      if (query.phrases.length) {
        verified = await verify(found, query.phrases);
        if (verified.isAll && !verified.having.length && !isWhole()) {
          // It may stand in weaker ones.
          parts = await Promise.all(parts.map(whole));
          verified = await verify(rank(parts, query.terms, index, reader, allowed), query.phrases);
        }
        found = verified.having;
      }
      const slots = new Set(found.map(({ slot }) => slot));
      const counts = facets ? await Promise.all(FACETS.map((name) => facet(name, slots, at))) : [];
      const told = {};
      counts.forEach((values, n) => { told[FACETS[n]] = values; });
      return {
        query: typed,
        total: found.length,
        exact: isWhole() && verified.isAll,
        interpreted: query.readings,
        suggestions: query.suggestions,
        results: await Promise.all(found.slice(0, atMost(limit, 10)).map((one) => result(one, { ...query, parts }, excerpts))),
        facets: told,
        ...(verified.isAll ? {} : { verified: verified.read }),
      };
    };

    hub.complete = async (prefix, given) => {
      const { limit, lang } = given || {};
      const keyOf = (name) => words(name).map(({ form }) => form).join("-");
      const key = keyOf(String(prefix || ""));
      const reader = lang || document.documentElement.lang;
      // The tree knows the beginning of a name, and the slot of its record behind it.
      const begun = key ? await index.names(key.slice(0, NAME_KEY).replace(/-$/, ""), NAME_LEAVES) : [];
      const rows = begun.filter(([, title]) => `-${keyOf(title)}`.includes(`-${key}`));
      const ordered = sorted(rows, ([name, , , kind, its]) => [-OFFERED_FIRST.indexOf(kind), its !== reader, name]);
      const found = new Map();
      for (const [, title, url, kind] of ordered) if (!found.has(url)) found.set(url, { title, url, kind });
      return [...found.values()].slice(0, atMost(limit, 8));
    };
  };
})();
