// The search box: its keys, and what is sent with it; and the link to the other
// language, which keeps the place in the page.
"use strict";
(() => {
  document.addEventListener("click", (e) => {
    const link = e.target.closest("#language");
    if (link) link.hash = location.hash; // it stays through the redirect
  });

  const form = document.getElementById("search");
  if (!form) return;
  const box = form.elements.q;
  const writing = (e) => e.target.closest("input:not([type=checkbox]), select, textarea, [contenteditable]");

  // "/" goes to the box, Esc in the box clears it.
  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || e.isComposing || e.defaultPrevented) return;
    if (e.key === "/" && document.documentElement.dataset.keys !== "off" && !writing(e)) {
      e.preventDefault();
      box.focus();
      box.select();
    } else if (e.key === "Escape" && e.target === box) {
      box.value = "";
    }
  });

  // Empty fields and defaults would only lengthen the address, that of a
  // comparison too.
  document.addEventListener("formdata", (e) => {
    if (e.target.method !== "get") return;
    const kept = [...e.formData].filter(([name, value]) => value !== "" && !(name === "size" && value === "10"));
    for (const name of new Set(e.formData.keys())) e.formData.delete(name);
    for (const [name, value] of kept) e.formData.append(name, value);
  });
})();
