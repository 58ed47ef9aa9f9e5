// The ranking, as in ranking.py: whole numbers only.
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
