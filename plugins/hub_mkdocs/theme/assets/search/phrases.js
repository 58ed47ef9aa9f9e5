// Words in quotes, as in phrases.py: which records may hold them, by their places alone, and whether a text does.

// A term without places, as among the weaker records, or with so many that not all are kept.
const isAnywhere = ({ length }) => length % MOST_PLACES === 0;
const mayTouch = (one, other) => isAnywhere(one) || isAnywhere(other)
  || (one[0] < NAME_CODES && other[0] < NAME_CODES)
  || one.some((place) => other.some((next) => Math.abs(place - next) < 2));

const mayHold = ({ places }, terms) =>
  terms.every((term, n) => places.has(term) && (!n || mayTouch(places.get(terms[n - 1]), places.get(term))));

const holds = (text, phrase) => text.some((_, at) => phrase.every((form, n) => text[at + n] === form));
