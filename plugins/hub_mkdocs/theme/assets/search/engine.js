// The engine, as in engine.py: a query in, an answer out.
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

  const termsOf = (phrase) => words(phrase.join(" ")).map(({ term }) => term).filter(Boolean);

  const hasPhrases = async ({ slot, places }, phrases) => {
    const isUnknown = phrases.some((phrase) => termsOf(phrase).every((term) => isAnywhere(places.get(term))));
    const numbers = [...new Set([].concat(...places.values()).map(passageOf))];
    const { rows, isWhole } = isUnknown
      ? await index.passages(slot, PASSAGE_LEAVES)
      : { rows: await Promise.all(numbers.map((number) => index.passage(slot, number))), isWhole: true };
    const texts = [(await index.record(slot))[4]].concat(...rows.map(([, , heading, text]) => [heading, text]));
    const found = texts.map((text) => words(text).map(({ form }) => form));
    const has = phrases.every((phrase) => found.some((text) => holds(text, phrase)));
    return has || isWhole ? has : null;
  };

  const verify = async (found, phrases) => {
    const may = found.filter((one) => phrases.every((phrase) => mayHold(one, termsOf(phrase))));
    let having = [];
    let read = 0;
    let isWhole = true;
    while (!having.length && read < Math.min(may.length, MOST_VERIFIED)) {
      const some = may.slice(read, Math.min(read + VERIFIED, MOST_VERIFIED));
      const has = await Promise.all(some.map((one) => hasPhrases(one, phrases)));
      having = some.filter((_, n) => has[n]);
      isWhole = isWhole && !has.includes(null);
      read += some.length;
    }
    return { read, having, isAll: read === may.length, isWhole };
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

  // A word as it stands in `interpreted`.
  hub.formOf = (text) => words(text).map(({ form }) => form).join(" ");

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
    let verified = { isAll: true, isWhole: true };
    if (query.phrases.length) {
      verified = await verify(found, query.phrases);
      if (verified.isAll && !verified.having.length && !isWhole()) {
        // It may stand in weaker ones.
        parts = await Promise.all(parts.map(whole));
        verified = await verify(rank(parts, query.terms, index, reader, allowed), query.phrases);
      }
      found = verified.having;
    }
    const isSure = verified.isAll && verified.isWhole;
    const results = await Promise.all(found.slice(0, atMost(limit, 10)).map((one) => result(one, { ...query, parts }, excerpts)));
    for (const { kind, choices: [choice] } of query.readings) {
      if (kind === "spelling") choice.title = asWritten(choice.id, results, words);
    }
    const slots = new Set(found.map(({ slot }) => slot));
    const counts = facets ? await Promise.all(FACETS.map((name) => facet(name, slots, at))) : [];
    const told = {};
    counts.forEach((values, n) => { told[FACETS[n]] = values; });
    return {
      query: typed,
      total: found.length,
      exact: isWhole() && isSure,
      interpreted: query.readings,
      suggestions: query.suggestions,
      results,
      facets: told,
      ...(isSure ? {} : { verified: verified.read }),
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
