// How a query is read, as in query.py: words, phrases, concepts, and words put right.
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
  const right = new Map(readings.filter(({ kind }) => kind === "spelling").map(({ form, chosen }) => [form, chosen]));
  phrases.forEach((phrase, n) => { phrases[n] = phrase.map((form) => right.get(form) || form); });
  return { parts: sorted(parts, ({ unit }) => [unit]), phrases, readings, suggestions, marked, means, terms };
};
