// The index, read from its scripts as in reading.py and slots.py.
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
      const found = await leaves("passages", mark, mark + LAST, most + 1);
      const rows = [].concat(...found.slice(0, most)).filter(([key]) => key.startsWith(mark));
      return { rows, isWhole: found.length <= most };
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
