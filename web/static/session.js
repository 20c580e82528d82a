// A page that comes back from the browser's memory asks the server again: whoever
// read it may have signed out, and another reader sits there now. Cache-Control
// keeps browsers from that only where the connection is encrypted.
"use strict";
addEventListener("pageshow", (e) => { if (e.persisted) location.reload(); });
