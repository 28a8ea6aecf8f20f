// An answer that was changed elsewhere meanwhile: shows where to look, and does in place what the buttons of a conflict do without a script.
"use strict";

(() => {
  const saving = window.pithSaving;
  if (!saving) return;
  const { form, questions, questionOf, nameOf, stateOf, save, later, tell, PAUSE } = saving;
  const conflictOf = (state) => document.getElementById(`${nameOf(state.question)}-conflict`);

  // The keyboard goes to the conflict once, after a pause; whoever is writing elsewhere is left there.
  function attend(state) {
    const conflict = conflictOf(state), at = questionOf(document.activeElement);
    if (!conflict || conflict.contains(document.activeElement)) return;
    if (at && at.id !== state.question.id && stateOf(at).dirty) return;
    const left = (at ? stateOf(at).touched : 0) + PAUSE - Date.now();
    if (left > 0 && state.dirty) setTimeout(attend, left, state);
    else conflict.focus();
  }

  function chosen(event) {
    if (event.target !== form) return;
    const conflict = event.submitter?.closest(".pith-conflict");
    const open = conflict ?? form.querySelector(".pith-conflict");
    if (!open) return;
    event.preventDefault();
    if (!conflict) return open.focus();
    const [way, name] = event.submitter.value.split(" ");
    if (way === "gone") letGo(conflict, `${name}-question`);
    else choose(stateOf(conflict.closest("[data-question]")), way === "mine" ? "" : way);
  }

  function choose(state, way) {
    Object.assign(state, { way, trouble: "", dirty: Date.now() });
    save(state);
  }

  function letGo(conflict, id) {
    questions.delete(id);
    conflict.remove();
    document.getElementById("main").focus();
    tell();
  }

  // Theirs stands, or both texts are in the box: the question was drawn anew, and the keyboard goes on there.
  function settled(state) {
    const way = state.way, question = document.getElementById(state.question.id);
    state.way = "";
    if (!way || !question) return;
    if (question === state.question) {
      state.trouble = "refused";
      return;
    }
    const fresh = stateOf(question);
    if (way === "theirs") return question.querySelector(".pith-kept")?.focus();
    Object.assign(fresh, { dirty: Date.now(), touched: Date.now() });
    later(fresh);
    question.querySelector("textarea, input:not([type=hidden])").focus();
  }

  document.addEventListener("pith:refused", ({ detail }) => attend(detail));
  document.addEventListener("pith:saved", ({ detail }) => settled(detail));
  document.addEventListener("submit", chosen, true);
})();
