// A form as text: a line that is named is found at once, what the check says is said aloud, leaving loses nothing.
"use strict";

(() => {
  const box = document.getElementById("definition"), judged = document.getElementById("judged");
  const stands = document.getElementById("stands"), said = document.getElementById("said"), mend = document.getElementById("mend");
  const wanted = new URLSearchParams(location.search).get("line");
  let kept = "unsaved" in box.dataset ? null : box.value;

  function goTo(line) {
    const start = box.value.split("\n").slice(0, line - 1).reduce((length, each) => length + each.length + 1, 0);
    const end = box.value.indexOf("\n", start);
    box.blur();
    box.setSelectionRange(start, start);
    box.focus();
    box.setSelectionRange(start, end < 0 ? box.value.length : end);
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-line]");
    if (!link) return;
    event.preventDefault();
    goTo(Number(link.dataset.line));
  });
  if (wanted) goTo(Number(wanted));

  if (!stands) return;

  box.addEventListener("input", () => {
    stands.textContent = box.value === kept ? "As it was saved" : "Not saved yet";
  });

  document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
    if (ctx.response?.raw?.ok) return checked(judged.querySelector("[data-said]"));
    said.textContent = "Could not be checked just now";
    stands.textContent = "Not saved yet. Could not be checked just now";
  });

  function checked(told) {
    if (said.textContent !== told.textContent) said.textContent = told.textContent;
    mend.hidden = !("mend" in told.dataset);
    mend.firstElementChild.textContent = told.textContent;
  }

  box.form.addEventListener("submit", () => { kept = box.value; });
  addEventListener("beforeunload", (event) => {
    if (box.value !== kept) event.preventDefault();
  });
})();
