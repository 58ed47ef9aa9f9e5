// Posting lists, as in postings.py: bytes as the letters of a text.
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
