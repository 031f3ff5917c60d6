"use strict";

// "Back" asks the server: a stored page would show its old list beside other sliders.
htmx.config.refreshOnHistoryMiss = true;

// The share that each slider has of the whole follows it at once; the server ranks anew.
const sliders = [...document.querySelectorAll("[data-sliders] input[type=range]")];
const percent = new Intl.NumberFormat(document.documentElement.lang, {
  style: "percent",
});

function showShares() {
  const total = sliders.reduce((sum, slider) => sum + slider.valueAsNumber, 0);
  for (const slider of sliders) {
    const share = percent.format(total ? slider.valueAsNumber / total : 0);
    slider.setAttribute("aria-valuetext", share);
    slider.parentElement.querySelector("[data-share]").textContent = share;
  }
}
for (const slider of sliders) slider.addEventListener("input", showShares);

// On a phone the list comes first; what it rests on is one tap away.
const phone = window.matchMedia("(max-width: 900px)");
const fold = document.querySelector("[data-fold]");
function openWhereWide() {
  fold.open = !phone.matches;
}
if (fold && !fold.querySelector("[aria-invalid]")) {
  phone.addEventListener("change", openWhereWide);
  openWhereWide();
}
