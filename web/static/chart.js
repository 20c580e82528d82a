// The chart of hits over time: a period is selected by dragging, or by arrow keys
// with Shift. Without the script each bar is a link to its own period.
"use strict";
(() => {
  const form = document.getElementById("search");
  const liveRegion = document.getElementById("status");
  if (!form || !document.getElementById("side")) return;
  let from = -1, to = -1; // the selected slots, -1 for none
  let dragged = false;

  const chartOf = (e) => e.target instanceof Element && e.target.closest(".chart svg");
  const slotsOf = (svg) => [...svg.querySelectorAll(".slot")];
  const number = (e, name) => Number(e.getAttribute(name));

  // slotAt returns the index of the slot nearest to a pointer.
  function slotAt(svg, e) {
    const slots = slotsOf(svg), box = svg.getBoundingClientRect();
    const x = (e.clientX - box.left) / box.width * svg.viewBox.baseVal.width;
    return Math.max(0, Math.min(slots.length - 1, Math.floor(x / number(slots[0], "width"))));
  }

  function drawSelection(svg) {
    const slots = slotsOf(svg), first = slots[Math.min(from, to)], last = slots[Math.max(from, to)];
    const selection = svg.querySelector(".chosen");
    if (!first || from === to) return selection.setAttribute("visibility", "hidden");
    selection.setAttribute("x", number(first, "x"));
    selection.setAttribute("width", number(last, "x") + number(last, "width") - number(first, "x"));
    selection.setAttribute("visibility", "visible");
    liveRegion.textContent = first.dataset.from + " – " + last.dataset.to;
  }

  function clearSelection(svg) {
    from = to = -1;
    drawSelection(svg);
  }

  // applySelection filters by the selected period.
  function applySelection(svg) {
    const slots = slotsOf(svg);
    form.elements.from.value = slots[Math.min(from, to)].dataset.from;
    form.elements.to.value = slots[Math.max(from, to)].dataset.to;
    clearSelection(svg);
    form.elements.to.dispatchEvent(new Event("change", { bubbles: true }));
  }

  document.addEventListener("pointerdown", (e) => {
    const svg = chartOf(e);
    dragged = false;
    if (!svg || e.button !== 0) return;
    from = to = slotAt(svg, e);
  });
  document.addEventListener("pointermove", (e) => {
    const svg = from >= 0 && e.buttons && document.querySelector(".chart svg");
    if (!svg) return;
    const over = slotAt(svg, e);
    if (over === to) return;
    if (!dragged) svg.setPointerCapture(e.pointerId);
    dragged = true;
    to = over;
    drawSelection(svg);
  });
  document.addEventListener("pointerup", () => {
    const svg = from >= 0 && document.querySelector(".chart svg");
    if (svg && from !== to) applySelection(svg);
    else if (svg) clearSelection(svg);
  });
  document.addEventListener("pointercancel", () => {
    const svg = document.querySelector(".chart svg");
    if (svg) clearSelection(svg);
  });
  document.addEventListener("dragstart", (e) => { if (chartOf(e)) e.preventDefault(); });
  document.addEventListener("click", (e) => { // ending a drag on a bar must not follow its link
    if (!dragged || !chartOf(e)) return;
    dragged = false;
    e.preventDefault();
    e.stopPropagation();
  }, true);

  document.addEventListener("keydown", (e) => {
    const svg = chartOf(e), link = svg && e.target.closest("a");
    if (!link) return;
    const links = [...svg.querySelectorAll("a")], i = links.indexOf(link);
    const slotOf = (a) => slotsOf(svg).indexOf(a.querySelector(".slot"));
    dragged = false; // else the click that Enter causes would count as the end of a drag
    const target = { ArrowLeft: i - 1, ArrowRight: i + 1, Home: 0, End: links.length - 1 }[e.key];
    if (target !== undefined) {
      e.preventDefault();
      const next = links[Math.max(0, Math.min(links.length - 1, target))];
      if (!e.shiftKey) clearSelection(svg);
      else if (from < 0) from = slotOf(link);
      makeTabStop(next);
      next.focus();
      if (e.shiftKey) {
        to = slotOf(next);
        drawSelection(svg);
      }
    } else if (e.key === "Enter" && from >= 0 && from !== to) {
      e.preventDefault();
      applySelection(svg);
    } else if (e.key === "Escape" && from >= 0) {
      e.preventDefault();
      clearSelection(svg);
    }
  });

  // makeTabStop makes one bar the chart's only tab stop (roving tabindex).
  function makeTabStop(stop) {
    for (const a of document.querySelectorAll(".chart svg a")) a.setAttribute("tabindex", a === stop ? "0" : "-1");
  }
  function initTabStop() {
    makeTabStop(document.querySelector(".chart svg a[aria-current]") || document.querySelector(".chart svg a"));
  }
  document.addEventListener("results-updated", initTabStop);
  initTabStop();
})();
