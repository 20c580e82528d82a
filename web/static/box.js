// The search box's keys and the fields it sends; and the link to the other
// language, which keeps the position in the page.
"use strict";
(() => {
  document.addEventListener("click", (e) => {
    const link = e.target.closest("#language");
    if (link) link.hash = location.hash; // browsers keep it through the redirect
  });

  const form = document.getElementById("search");
  if (!form) return;
  const box = form.elements.q;
  const isTextField = (e) => e.target.closest("input:not([type=checkbox]), select, textarea, [contenteditable]");

  // "/" moves to the box, Esc in the box clears it.
  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || e.isComposing || e.defaultPrevented) return;
    if (e.key === "/" && document.documentElement.dataset.keys !== "off" && !isTextField(e)) {
      e.preventDefault();
      box.focus();
      box.select();
    } else if (e.key === "Escape" && e.target === box) {
      box.value = "";
    }
  });

  // Addresses have no empty fields and no defaults, which would only make them longer,
  // and no space around a query, which means nothing.
  document.addEventListener("formdata", (e) => {
    if (e.target.method !== "get") return;
    const sent = [...e.formData].map(([name, value]) => [name, name === "q" ? value.trim() : value])
      .filter(([name, value]) => value !== "" && !(name === "size" && value === "10"));
    for (const name of new Set(e.formData.keys())) e.formData.delete(name);
    for (const [name, value] of sent) e.formData.append(name, value);
  });
})();
