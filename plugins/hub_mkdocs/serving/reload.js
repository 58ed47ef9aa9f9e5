// Brings the page again when it has changed. Browsers keep the place at which it was read.
(() => {
  "use strict";
  const { changes } = document.currentScript.dataset;
  let source = null;
  const stop = () => { source?.close(); source = null; };
  const watch = () => {
    if (source || document.visibilityState === "hidden") return;
    source = new EventSource(changes);
    source.addEventListener("changed", () => { stop(); location.reload(); });
  };
  // A browser opens few connections to one server: pages that nobody sees need none.
  document.addEventListener("visibilitychange", () => (document.visibilityState === "hidden" ? stop() : watch()));
  addEventListener("pagehide", stop);
  addEventListener("pageshow", watch);
  watch();
})();
