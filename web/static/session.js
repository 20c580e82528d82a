// Reloads a page that comes back from the browser's cache: its reader may have
// signed out since. Cache-Control prevents that cache only on encrypted connections.
"use strict";
addEventListener("pageshow", (e) => { if (e.persisted) location.reload(); });
