// Completes the word at the caret, by characters or pinyin: a combobox with a
// listbox as in the ARIA Authoring Practices. Choosing a completion searches.
// Without the script the box is a plain field.
"use strict";
(() => {
  const typingDelay = 80;    // ms without a key before asking
  const maxCompletions = 8;  // few enough to take in at a glance, above a phone's keyboard
  const maxPrefix = 32;      // characters, as the server takes
  const announceDelay = 600; // ms before the number is announced: typing would interrupt it
  const maxCached = 100;     // answers kept, so that deleting a character costs nothing

  const form = document.getElementById("search");
  const list = document.getElementById("completions");
  if (!form || !list) return;
  const box = form.elements.q;
  const liveRegion = document.getElementById("status");
  const cache = new Map();
  let active = -1, typingTimer = 0, announceTimer = 0, request = null, composing = false;
  let isSpaced = false; // the list completes pinyin with blanks

  box.setAttribute("role", "combobox");
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-expanded", "false");
  box.setAttribute("aria-controls", list.id);

  // Characters between words; fields that search the text; and fields that don't,
  // where words of the text would be no use.
  const separator = /[\s"“”「」()（）|]/;
  const textField = /^(title|标题|section|小标题)[:：]/i;
  const dataField = /^(source|来源|byline|作者|publication|报纸|page|版次|page_name|版名|kind|date|日期)[:：]/i;

  // wordAtCaret returns the word around the caret and the part of it before the
  // caret, or null.
  function wordAtCaret() {
    const text = box.value, caret = box.selectionStart;
    if (caret !== box.selectionEnd) return null;
    let from = caret, to = caret;
    while (from > 0 && !separator.test(text[from - 1])) from--;
    while (to < text.length && !separator.test(text[to])) to++;
    if (text[from] === "-" && from < caret) from++;
    const operand = text.slice(from, caret);
    if (dataField.test(operand)) return null;
    const field = operand.match(textField);
    if (field) from += field[0].length;
    const prefix = text.slice(from, caret);
    return prefix && prefix.length <= maxPrefix ? { from, to, prefix, text: text.slice(from, to) } : null;
  }

  // Pinyin typed with blanks between its syllables or words, before the word at the caret.
  const pinyinBefore = /(?:^|[\s(（|])((?:[a-z\u00e0-\u01ff'’]+:?[0-5]?\s)+)$/i;
  const pinyin = /^[a-z\u00e0-\u01ff'’]+:?[0-5]?$/i;

  // pinyinAtCaret returns a word with the pinyin before it, or null.
  function pinyinAtCaret(word) {
    const before = word && pinyin.test(word.prefix) && box.value.slice(0, word.from).match(pinyinBefore);
    if (!before) return null;
    const more = before[1];
    if (more.length + word.prefix.length > maxPrefix) return null;
    return { from: word.from - more.length, to: word.to, prefix: more + word.prefix, text: more + word.text };
  }

  function close() {
    clearTimeout(typingTimer);
    clearTimeout(announceTimer);
    if (request) request.abort();
    list.hidden = true;
    box.setAttribute("aria-expanded", "false");
    highlight(-1);
  }

  // highlight makes an option the active one; -1 is none.
  function highlight(i) {
    active = i;
    [...list.children].forEach((option, j) => option.setAttribute("aria-selected", String(j === i)));
    if (i < 0) box.removeAttribute("aria-activedescendant");
    else {
      box.setAttribute("aria-activedescendant", list.children[i].id);
      list.children[i].scrollIntoView({ block: "nearest" });
    }
  }

  async function complete() {
    clearTimeout(typingTimer);
    const word = wordAtCaret();
    if (!word || composing) return close();
    if (request) request.abort();
    const current = request = new AbortController();
    try {
      const spaced = pinyinAtCaret(word);
      const joined = spaced ? await fetchCompletions(spaced.prefix, current.signal) : [];
      const found = joined.length > 0 ? joined : await fetchCompletions(word.prefix, current.signal);
      if (current === request) isSpaced = joined.length > 0;
      if (current === request && document.activeElement === box) open(found.filter((f) => f.text !== word.text));
    } catch {
      if (current === request) close(); // readers need no error for this
    }
  }

  async function fetchCompletions(prefix, signal) {
    if (cache.has(prefix)) return cache.get(prefix);
    const response = await fetch("/api/v1/suggest?" + new URLSearchParams({ q: prefix, size: maxCompletions }), { signal });
    if (!response.ok) return [];
    const found = (await response.json()).suggestions;
    if (cache.size >= maxCached) cache.clear();
    cache.set(prefix, found);
    return found;
  }

  function open(found) {
    if (found.length === 0) return close();
    list.replaceChildren(...found.map((f, i) => {
      const option = document.createElement("li");
      option.id = "completion-" + i;
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
    highlight(-1);
    clearTimeout(announceTimer);
    announceTimer = setTimeout(() => {
      liveRegion.textContent = list.dataset.count.replace("#", found.length);
    }, announceDelay);
  }

  // choose replaces the word at the caret and searches.
  function choose(option) {
    let word = wordAtCaret();
    if (isSpaced) word = pinyinAtCaret(word) || word;
    close();
    if (!word) return;
    box.setRangeText(option.firstChild.textContent, word.from, word.to, "end");
    form.requestSubmit();
  }

  function completeSoon() {
    clearTimeout(typingTimer);
    typingTimer = setTimeout(complete, typingDelay);
  }

  box.addEventListener("input", (e) => { if (!e.isComposing) completeSoon(); });
  box.addEventListener("compositionstart", () => {
    composing = true;
    close();
  });
  box.addEventListener("compositionend", () => {
    composing = false;
    completeSoon();
  });
  box.addEventListener("blur", close);
  form.addEventListener("submit", close);

  box.addEventListener("keydown", (e) => {
    if (e.isComposing || e.keyCode === 229) return; // keys of the input method
    const n = list.hidden ? 0 : list.children.length;
    switch (e.key) {
      case "ArrowDown":
      case "ArrowUp":
        e.preventDefault();
        if (n === 0) complete();
        else highlight(e.key === "ArrowDown" ? (active + 2) % (n + 1) - 1 : (active + n + 1) % (n + 1) - 1);
        break;
      case "Enter":
        if (n === 0 || active < 0) return;
        e.preventDefault();
        choose(list.children[active]);
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
        close(); // the caret moves to another word
    }
  });

  list.addEventListener("mousedown", (e) => e.preventDefault()); // the box keeps the focus
  list.addEventListener("click", (e) => {
    const option = e.target.closest("[role=option]");
    if (option) choose(option);
  });
})();
