// Narrows a long list of options while one types: what is ticked stays, and a line says how many are shown.
"use strict";

(() => {
  const PAUSE = 500;
  let waiting;

  const plain = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const nameOf = (group) => group.querySelector(".pith-options__name")?.textContent ?? "";

  function narrow(box) {
    const list = document.getElementById(box.dataset.find), wanted = plain(box.value).split(/\s+/).filter(Boolean);
    const options = [...list.querySelectorAll("input")];
    for (const option of options) {
      const item = option.parentElement, said = plain(`${nameOf(item.parentElement)} ${item.textContent}`);
      item.hidden = !option.checked && !wanted.every((word) => said.includes(word));
    }
    for (const group of list.children) group.hidden = !group.querySelector("input:not([hidden] > *)");
    tell(box, options.filter((option) => !option.parentElement.hidden).length, options.length);
  }

  // Said after a pause, so that a screen reader is not told at every letter.
  function tell(box, shown, all) {
    const line = box.parentElement.querySelector("[role=status]");
    const words = shown === all ? line.dataset.all : line.dataset.found;
    clearTimeout(waiting);
    waiting = setTimeout(() => (line.textContent = words.replace("{shown}", shown).replace("{all}", all)), PAUSE);
  }

  document.addEventListener("input", ({ target }) => target.dataset?.find && narrow(target));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.dataset?.find) event.preventDefault();
  });
})();
