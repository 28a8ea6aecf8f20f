// Questions that left the page with words unsaved: one that comes back meanwhile is given them again.
"use strict";

(() => {
  const saving = window.pithSaving;
  if (!saving) return;
  const { questions, later, unsaved, isGroup, announce } = saving;

  function arrived() {
    for (const state of questions.values()) {
      const back = !state.question.isConnected && unsaved(state) && document.getElementById(state.question.id);
      if (back && state.content) putBack(state, back);
    }
  }

  function putBack(state, question) {
    state.question = question;
    for (const field of question.querySelectorAll("input:not([type=hidden]), textarea, select")) {
      const values = state.content.getAll(field.name);
      if (isGroup(field) && field.type !== "select-one") field.checked = values.includes(field.value);
      else field.value = values[0] ?? "";
    }
    // What waited is still based on what its writer had seen, so that no change in between is overwritten unseen.
    const based = question.querySelector("input[name=based_on]");
    if (based) based.value = state.content.get("based_on") ?? based.value;
    if (state.trouble === "refused") state.trouble = "";
    state.dirty ||= Date.now();
    later(state);
    announce("pith:put-back", question);
  }

  document.addEventListener("pith:returned", arrived);
})();
