// Analysis, as in hub/search/analysis.py: from text to words and terms.
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
