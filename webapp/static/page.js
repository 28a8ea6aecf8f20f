// Small comforts of a page that works without them.
"use strict";

(() => {
  const sections = document.querySelector(".pith-sections details");
  if (sections && matchMedia("(max-width: 47.99em)").matches) sections.open = false;
  for (const area of document.querySelectorAll("[data-count]")) {
    const count = document.getElementById(area.dataset.count);
    area.addEventListener("input", () => (count.textContent = words(area)));
  }
  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }

  function words(area) {
    const written = area.value.trim().split(/\s+/).filter(Boolean).length;
    return written ? `about ${written > 20 ? Math.round(written / 10) * 10 : written} words` : "nothing written yet";
  }
})();
