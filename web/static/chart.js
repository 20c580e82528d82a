// The chart of hits over time: a period is chosen by dragging over it, or by
// arrow keys with Shift. Without the script each bar is a link to its own period.
"use strict";
(() => {
  const form = document.getElementById("search");
  const said = document.getElementById("said");
  if (!form || !document.getElementById("side")) return;
  let from = -1, to = -1; // slots that are being chosen
  let dragged = false;

  const chartOf = (e) => e.target instanceof Element && e.target.closest(".chart svg");
  const slotsOf = (svg) => [...svg.querySelectorAll(".slot")];
  const number = (e, name) => Number(e.getAttribute(name));

  // at returns the slot below a pointer, the nearest one where it is beside all.
  function at(svg, e) {
    const slots = slotsOf(svg), box = svg.getBoundingClientRect();
    const x = (e.clientX - box.left) / box.width * svg.viewBox.baseVal.width;
    return Math.max(0, Math.min(slots.length - 1, Math.floor(x / number(slots[0], "width"))));
  }

  function mark(svg) {
    const slots = slotsOf(svg), first = slots[Math.min(from, to)], last = slots[Math.max(from, to)];
    const chosen = svg.querySelector(".chosen");
    if (!first || from === to) return chosen.setAttribute("visibility", "hidden");
    chosen.setAttribute("x", number(first, "x"));
    chosen.setAttribute("width", number(last, "x") + number(last, "width") - number(first, "x"));
    chosen.setAttribute("visibility", "visible");
    said.textContent = first.dataset.from + " – " + last.dataset.to;
  }

  function drop(svg) {
    from = to = -1;
    mark(svg);
  }

  // take makes the chosen slots the filter.
  function take(svg) {
    const slots = slotsOf(svg);
    form.elements.from.value = slots[Math.min(from, to)].dataset.from;
    form.elements.to.value = slots[Math.max(from, to)].dataset.to;
    drop(svg);
    form.elements.to.dispatchEvent(new Event("change", { bubbles: true }));
  }

  document.addEventListener("pointerdown", (e) => {
    const svg = chartOf(e);
    dragged = false;
    if (!svg || e.button !== 0) return;
    from = to = at(svg, e);
  });
  document.addEventListener("pointermove", (e) => {
    const svg = from >= 0 && e.buttons && document.querySelector(".chart svg");
    if (!svg) return;
    const over = at(svg, e);
    if (over === to) return;
    if (!dragged) svg.setPointerCapture(e.pointerId);
    dragged = true;
    to = over;
    mark(svg);
  });
  document.addEventListener("pointerup", () => {
    const svg = from >= 0 && document.querySelector(".chart svg");
    if (svg && from !== to) take(svg);
    else if (svg) drop(svg);
  });
  document.addEventListener("pointercancel", () => {
    const svg = document.querySelector(".chart svg");
    if (svg) drop(svg);
  });
  document.addEventListener("dragstart", (e) => { if (chartOf(e)) e.preventDefault(); });
  document.addEventListener("click", (e) => { // the end of a drag is no click on a bar
    if (!dragged || !chartOf(e)) return;
    dragged = false;
    e.preventDefault();
    e.stopPropagation();
  }, true);

  document.addEventListener("keydown", (e) => {
    const svg = chartOf(e), link = svg && e.target.closest("a");
    if (!link) return;
    const links = [...svg.querySelectorAll("a")], i = links.indexOf(link);
    const slot = (a) => slotsOf(svg).indexOf(a.querySelector(".slot"));
    dragged = false; // the click that Enter makes is no end of a drag
    const next = { ArrowLeft: i - 1, ArrowRight: i + 1, Home: 0, End: links.length - 1 }[e.key];
    if (next !== undefined) {
      e.preventDefault();
      const other = links[Math.max(0, Math.min(links.length - 1, next))];
      if (!e.shiftKey) drop(svg);
      else if (from < 0) from = slot(link);
      rove(other);
      other.focus();
      if (e.shiftKey) { to = slot(other); mark(svg); }
    } else if (e.key === "Enter" && from >= 0 && from !== to) {
      e.preventDefault();
      take(svg);
    } else if (e.key === "Escape" && from >= 0) {
      e.preventDefault();
      drop(svg);
    }
  });

  // rove leaves one stop for the tabulator in the chart.
  function rove(stop) {
    for (const a of document.querySelectorAll(".chart svg a")) a.setAttribute("tabindex", a === stop ? "0" : "-1");
  }
  function begin() {
    rove(document.querySelector(".chart svg a[aria-current]") || document.querySelector(".chart svg a"));
  }
  document.addEventListener("drawn", begin);
  begin();
})();
