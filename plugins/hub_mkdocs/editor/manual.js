// Read before Decap CMS: init.js starts it.
window.CMS_MANUAL_INIT = true;
