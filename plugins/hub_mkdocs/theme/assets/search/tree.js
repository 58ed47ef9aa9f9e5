// Scripts and the trees that they make, as in tree.py.
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
