// Completions of the word at the caret, by characters or pinyin: a combobox with
// a listbox as the ARIA Authoring Practices describe it. Without the script the
// box is a plain field.
"use strict";
(() => {
  const pause = 80;    // ms without a key before asking
  const most = 8;      // what is taken in at a glance, and leaves room for a phone's keyboard
  const longest = 16;  // characters; no word is longer
  const quiet = 600;   // ms before the number is read aloud: typing would interrupt it
  const kept = 100;    // answers kept, so that a key taken back costs nothing

  const form = document.getElementById("search");
  const list = document.getElementById("offers");
  if (!form || !list) return;
  const box = form.elements.q;
  const said = document.getElementById("said");
  const answers = new Map();
  let active = -1, timer = 0, telling = 0, asking = null, composing = false;

  box.setAttribute("role", "combobox");
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-expanded", "false");
  box.setAttribute("aria-controls", list.id);

  // Where words end, and the fields in which words of the text are looked for;
  // in the others the index's words would be no completions.
  const bounds = /[\s"“”「」()（）|]/;
  const inText = /^(title|标题|section|小标题)[:：]/i;
  const inData = /^(source|来源|byline|作者|publication|报纸|page|版次|page_name|版名|kind|date|日期)[:：]/i;

  // begun returns the word around the caret and what of it stands before the
  // caret, or null.
  function begun() {
    const text = box.value, caret = box.selectionStart;
    if (caret !== box.selectionEnd) return null;
    let from = caret, to = caret;
    while (from > 0 && !bounds.test(text[from - 1])) from--;
    while (to < text.length && !bounds.test(text[to])) to++;
    if (text[from] === "-" && from < caret) from++;
    const word = text.slice(from, caret);
    if (inData.test(word)) return null;
    const field = word.match(inText);
    if (field) from += field[0].length;
    const start = text.slice(from, caret);
    return start && start.length <= longest ? { from, to, start, word: text.slice(from, to) } : null;
  }

  function close() {
    clearTimeout(timer);
    clearTimeout(telling);
    if (asking) asking.abort();
    list.hidden = true;
    box.setAttribute("aria-expanded", "false");
    point(-1);
  }

  // point makes an option the active one, -1 none.
  function point(at) {
    active = at;
    [...list.children].forEach((option, i) => option.setAttribute("aria-selected", String(i === at)));
    if (at < 0) box.removeAttribute("aria-activedescendant");
    else {
      box.setAttribute("aria-activedescendant", list.children[at].id);
      list.children[at].scrollIntoView({ block: "nearest" });
    }
  }

  async function offer() {
    clearTimeout(timer);
    const at = begun();
    if (!at || composing) return close();
    if (asking) asking.abort();
    const mine = asking = new AbortController();
    try {
      const found = await words(at.start, mine.signal);
      if (mine === asking && document.activeElement === box) open(found.filter((f) => f.text !== at.word));
    } catch {
      if (mine === asking) close(); // no completions are no fault of the reader's
    }
  }

  async function words(start, signal) {
    if (answers.has(start)) return answers.get(start);
    const response = await fetch("/api/v1/suggest?" + new URLSearchParams({ q: start, size: most }), { signal });
    if (!response.ok) return [];
    const found = (await response.json()).suggestions;
    if (answers.size >= kept) answers.clear();
    answers.set(start, found);
    return found;
  }

  function open(found) {
    if (found.length === 0) return close();
    list.replaceChildren(...found.map((f, i) => {
      const option = document.createElement("li");
      option.id = "offer-" + i;
      option.lang = "zh-CN";
      option.setAttribute("role", "option");
      const word = document.createElement("span"), count = document.createElement("span");
      word.textContent = f.text;
      count.textContent = f.count.toLocaleString("en");
      count.className = "times";
      option.append(word, " ", count);
      return option;
    }));
    list.hidden = false;
    box.setAttribute("aria-expanded", "true");
    point(-1);
    clearTimeout(telling);
    telling = setTimeout(() => { said.textContent = list.dataset.count.replace("#", found.length); }, quiet);
  }

  // take puts a completion into the place of the word at the caret.
  function take(option, byHand) {
    const at = begun(), word = option.firstChild.textContent;
    close();
    if (!at) return;
    const whole = at.word === box.value.trim();
    box.setRangeText(word, at.from, at.to, "end");
    box.dispatchEvent(new CustomEvent("input", { detail: "taken" }));
    if (whole && byHand && !document.getElementById("list")) form.requestSubmit(); // no results follow here
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(offer, pause);
  }

  box.addEventListener("input", (e) => { if (e.detail !== "taken" && !e.isComposing) later(); });
  box.addEventListener("compositionstart", () => { composing = true; close(); });
  box.addEventListener("compositionend", () => { composing = false; later(); });
  box.addEventListener("blur", close);
  form.addEventListener("submit", close);

  box.addEventListener("keydown", (e) => {
    if (e.isComposing || e.keyCode === 229) return; // the input method's own keys
    const n = list.hidden ? 0 : list.children.length;
    switch (e.key) {
      case "ArrowDown":
      case "ArrowUp":
        e.preventDefault();
        if (n === 0) offer();
        else point(e.key === "ArrowDown" ? (active + 2) % (n + 1) - 1 : (active + n + 1) % (n + 1) - 1);
        break;
      case "Enter":
        if (n === 0 || active < 0) return;
        e.preventDefault();
        take(list.children[active], false);
        break;
      case "Escape":
        if (n === 0) return;
        e.preventDefault();
        close();
        break;
      case "ArrowLeft":
      case "ArrowRight":
      case "Home":
      case "End":
        close(); // the caret goes to another word
    }
  });

  list.addEventListener("mousedown", (e) => e.preventDefault()); // the box keeps the focus
  list.addEventListener("click", (e) => {
    const option = e.target.closest("[role=option]");
    if (option) take(option, true);
  });
})();
