// Which passage is shown, which part of it, and what is marked in it, as in excerpt.py.
const LENGTH = 240;
const BEFORE = 50;
const CHUNK = /[^ \t\n\r\f\v\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+/g;
const RUN = new RegExp(`[${LETTER}]+`, "g");
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

// How the results that are shown write a folded word most often.
const asWritten = (form, results, words) => {
  const found = new Map();
  for (const { title, excerpt: text } of results) {
    for (const run of `${title}\n${text}`.match(RUN) || []) {
      const [word, ...more] = words(run);
      const small = run.toLowerCase();
      if (word && word.form === form && !more.length) found.set(small, (found.get(small) || 0) + 1);
    }
  }
  return sorted([...found.keys()], (small) => [-found.get(small)])[0] || form;
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
