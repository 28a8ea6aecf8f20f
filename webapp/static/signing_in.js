// Shows a password where that is asked for, and lets somebody sign in again over the page they were writing on.
"use strict";

(() => {
  const place = document.currentScript.dataset;
  const RETRY = 5000;
  let dialog = null, back = null, caret = null;

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-shows]");
    if (!button) return;
    const box = document.getElementById(button.dataset.shows), shown = box.type === "text";
    box.type = shown ? "password" : "text";
    button.setAttribute("aria-pressed", String(!shown));
  });
  if (place.again) document.addEventListener("pith:signed-out", cover);

  const form = () => document.querySelector("form[data-save-to]");

  // The page is covered before anything is asked of the server, so that nobody else reads on.

  function cover() {
    if (dialog) return;
    back = document.activeElement;
    caret = [back?.selectionStart, back?.selectionEnd];
    dialog = document.createElement("dialog");
    dialog.className = "pith-again";
    dialog.setAttribute("closedby", "none");
    dialog.setAttribute("aria-labelledby", "again-title");
    dialog.setAttribute("aria-describedby", "again-why");
    dialog.append(element("h2", "again-title", place.signedOut), element("p", "again-why", ""));
    dialog.addEventListener("cancel", (event) => event.preventDefault());
    dialog.addEventListener("close", () => dialog?.showModal());
    dialog.addEventListener("submit", submitted);
    dialog.addEventListener("click", (event) => {
      const leaving = event.target.closest("[data-leave]");
      if (leaving) leave(leaving.dataset.leave);
    });
    document.documentElement.classList.add("pith-covered");
    document.body.append(dialog);
    dialog.showModal();
    ask();
  }

  function element(kind, id, words) {
    const made = document.createElement(kind);
    [made.id, made.textContent] = [id, words];
    made.className = kind === "h2" ? "govuk-heading-l" : "govuk-body";
    if (kind === "h2") made.tabIndex = -1;
    return made;
  }

  // What the server answers: whom somebody signed in as, or the piece of a page that asks again.

  async function ask() {
    const writer = encodeURIComponent(form()?.dataset.writer ?? "");
    await answered(() => fetch(`${place.again}?writer=${writer}`, { headers: { "HX-Request": "true" } }), ask);
  }

  async function submitted(event) {
    event.preventDefault();
    const sent = event.target, body = new URLSearchParams(new FormData(sent));
    const button = sent.querySelector("[type=submit]");
    button.setAttribute("aria-disabled", "true");
    if (sent.dataset.sent) return;
    sent.dataset.sent = "yes";
    await answered(() => fetch(sent.action, { method: "POST", body, headers: { "HX-Request": "true" } }), ask);
  }

  async function answered(request, again) {
    try {
      const response = await request();
      const who = response.headers.get("Pith-Signed-In");
      if (who === "same") uncover(response.headers.get("Pith-Token"));
      else if (who) leave(place.home);
      else if (response.headers.has("Pith-Again")) show(await response.text());
      else throw new Error("not what was asked for");
    } catch {
      tell(place.noConnection);
      setTimeout(again, RETRY);
    }
  }

  function show(html) {
    dialog.replaceChildren(document.createRange().createContextualFragment(html));
    dialog.querySelector(".govuk-input--error, input:not([type=hidden]), button")?.focus();
  }

  function tell(words) {
    dialog.querySelector("#again-why").textContent = words;
    for (const field of dialog.querySelectorAll("form")) field.remove();
    dialog.querySelector("#again-title").focus();
  }

  function uncover(token) {
    document.documentElement.classList.remove("pith-covered");
    const closed = dialog;
    dialog = null;
    closed.close();
    closed.remove();
    goOn();
    document.dispatchEvent(new CustomEvent("pith:signed-in", { detail: { token } }));
  }

  // A box that has the keyboard again takes no letters in Chromium until its caret is set.
  function goOn() {
    if (!back?.isConnected) return;
    back.focus({ preventScroll: true });
    if (typeof caret[0] === "number") back.setSelectionRange(...caret);
  }

  // Somebody else: what was written is taken out of the page before it is left, so that going back does not show it.

  function leave(address) {
    const written = form();
    if (written) written.dataset.leaving = "yes";
    for (const field of document.querySelectorAll("textarea, input:not([type=hidden])")) {
      if (["radio", "checkbox"].includes(field.type)) field.checked = false;
      else field.value = "";
    }
    document.getElementById("main").replaceChildren();
    location.replace(address);
  }
})();
