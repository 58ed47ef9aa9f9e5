// The glossary’s concepts, as in concepts.py: every form of a term is one token.
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
