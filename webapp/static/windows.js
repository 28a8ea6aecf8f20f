// One person with a page open twice: the window that shows an older text says so.
"use strict";

(() => {
  const saving = window.pithSaving;
  const note = document.getElementById("elsewhere");
  if (!saving || !note || !window.BroadcastChannel) return;
  const { form, changes, stateOf, unsaved } = saving;
  const channel = new BroadcastChannel("pith-saved"); // where something was saved, never what
  const writer = form.dataset.writer;

  function saved({ detail: state }) {
    state.question.querySelector(".pith-elsewhere")?.remove();
    channel.postMessage({ writer, page: location.pathname, question: state.question.id });
  }

  function heard({ data }) {
    const question = document.getElementById(data.question);
    const here = data.writer === writer && data.page === location.pathname && question;
    if (!here || unsaved(stateOf(question)) || question.querySelector(".pith-elsewhere")) return;
    question.append(note.content.cloneNode(true));
    if (document.visibilityState === "visible") announce();
    else document.addEventListener("visibilitychange", announce, { once: true });
  }

  const announce = () => (changes.textContent = note.content.textContent.trim());

  document.addEventListener("pith:saved", saved);
  channel.addEventListener("message", heard);
})();
