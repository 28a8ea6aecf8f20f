// When a question is asked: answers of what was chosen before are gone at once, so that no line is made of them.
"use strict";

document.getElementById("source")?.addEventListener("change", () => {
  document.getElementById("answers").replaceChildren();
});
