// What pages do beyond HTML. Everything works without it.
"use strict";
(() => {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  let kept = null;
  try { kept = localStorage.getItem("theme"); } catch { /* storage may be forbidden */ }
  if (kept === "dark" || kept === "light") root.dataset.theme = kept;

  const isDark = () => (root.dataset.theme || (dark.matches ? "dark" : "light")) === "dark";

  function switchTheme() {
    root.dataset.theme = isDark() ? "light" : "dark";
    try { localStorage.setItem("theme", root.dataset.theme); } catch { /* then it lasts for this page */ }
    tellTheme();
  }

  function tellTheme() {
    document.getElementById("theme").setAttribute("aria-pressed", String(isDark()));
  }

  const typing = (e) => e.target.closest("input, select, textarea, [contenteditable]");

  // "/" goes to the box, Esc in the box clears it.
  function onKey(e) {
    const box = document.getElementById("q");
    if (!box || e.ctrlKey || e.metaKey || e.altKey || e.isComposing) return;
    if (e.key === "/" && !typing(e)) {
      e.preventDefault();
      box.focus();
      box.select();
    } else if (e.key === "Escape" && e.target === box) {
      box.value = "";
    }
  }

  // Empty fields and defaults would only lengthen the address.
  function leaveOut() {
    const off = [...this.elements].filter((f) => f.name && !f.disabled &&
      (f.value === "" || (f.name === "size" && f.value === "10")));
    for (const f of off) f.disabled = true;
    setTimeout(() => { for (const f of off) f.disabled = false; });
  }

  document.addEventListener("DOMContentLoaded", () => {
    const button = document.getElementById("theme");
    button.hidden = false;
    button.addEventListener("click", switchTheme);
    dark.addEventListener("change", tellTheme);
    tellTheme();
    document.addEventListener("keydown", onKey);
    const form = document.getElementById("search");
    if (form) form.addEventListener("submit", leaveOut);
  });
})();
