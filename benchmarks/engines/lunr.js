// lunr with its French stemmer on folded texts. Reads from standard input {docs, queries, depth, title}; writes what it
// found, the milliseconds for the index and for each query, and the bytes after gzip of what a browser would take.
"use strict";
const fs = require("node:fs");
const zlib = require("node:zlib");
const lunr = require("lunr");
require("lunr-languages/lunr.stemmer.support")(lunr);
require("lunr-languages/lunr.fr")(lunr);

const given = JSON.parse(fs.readFileSync(0, "utf8"));

const fold = (text) =>
  text.replace(/œ/gi, "oe").replace(/æ/gi, "ae").normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

const zipped = (text) => zlib.gzipSync(text, { level: 6 }).length;

function build() {
  return lunr(function () {
    this.use(lunr.fr);
    this.tokenizer.separator = /[^\p{L}\p{N}]+/u;
    this.ref("id");
    this.field("title", { boost: given.title });
    this.field("text");
    for (const doc of given.docs) this.add({ id: doc.id, title: fold(doc.title), text: fold(doc.text) });
  });
}

function ask(index, text) {
  const started = performance.now();
  const words = [...new Set(fold(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean))];
  const found = index.query((query) => words.forEach((word) => query.term(word)));
  return [found.slice(0, given.depth).map((one) => one.ref), performance.now() - started];
}

const started = performance.now();
const index = build();
const serial = JSON.stringify(index);
const made = performance.now() - started;
const shown = given.docs.map((doc) => [doc.id, doc.title, doc.text.slice(0, 200)]);
const scripts = ["lunr/lunr.min.js", "lunr-languages/min/lunr.stemmer.support.min.js", "lunr-languages/min/lunr.fr.min.js"];
const first = [serial, JSON.stringify(shown), ...scripts.map((name) => fs.readFileSync(require.resolve(name)))];
const again = performance.now();
const loaded = lunr.Index.load(JSON.parse(serial));
const ready = performance.now() - again;
const answers = given.queries.map((text) => ask(loaded, text));
process.stdout.write(
  JSON.stringify({ made, ready, disk: Buffer.byteLength(serial), first: first.map(zipped).reduce((a, b) => a + b), answers }),
);
