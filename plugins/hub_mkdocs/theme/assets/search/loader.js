// The one script of the search whose name never changes: it knows the names of all others.
(() => {
  "use strict";
  const hub = (window.hub = window.hub || {});
  hub.manifest = MANIFEST;
  const script = document.createElement("script");
  script.src = `${document.currentScript.src.replace(/[^/]*$/, "")}${ENGINE}.js`;
  document.head.append(script);
})();
