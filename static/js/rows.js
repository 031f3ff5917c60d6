"use strict";

// A CSV file is read here and put into the box of rows; it is never sent.
for (const place of document.querySelectorAll("[data-csv]")) {
  const file = place.querySelector("input[type=file]");
  const status = place.querySelector("[role=status]");
  place.hidden = false;
  file.addEventListener("change", async () => {
    status.textContent = "";
    if (!file.files.length) return;
    try {
      const bytes = await file.files[0].arrayBuffer();
      const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
      document.getElementById(place.dataset.for).value = text;
    } catch {
      status.textContent = place.dataset.unreadable;
    }
    file.value = "";
  });
}
