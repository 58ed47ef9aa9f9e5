// The engine in the browser: the steps of hub/search/ in Python on the same scripts, with the very same answers. Each
// file mirrors one there; the build puts them into one scope, in the order of the plugin's list, which this one opens.
// ES2019 without lookbehind or \p{…}: old telephones have neither. No fetch, no module: pages open from disks too.
"use strict";
const hub = (window.hub = window.hub || {});

// As Python sorts by a tuple.
const sorted = (list, key) => list.map((one) => [key(one), one]).sort(([one], [other]) => {
  const at = one.findIndex((value, n) => value !== other[n]);
  return at < 0 ? 0 : one[at] < other[at] ? -1 : 1;
}).map(([, one]) => one);
