"use strict";

// Menus are <details>: they close on Escape and on a click elsewhere.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    const held = menu.contains(document.activeElement);
    menu.open = false;
    if (held) menu.querySelector("summary").focus();
  }
});
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

// A form that is on its way is not sent twice. The server refuses repetitions too.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.getAttribute("aria-busy") === "true") {
    event.preventDefault();
    return;
  }
  form.setAttribute("aria-busy", "true");
});
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[aria-busy]"))
    form.removeAttribute("aria-busy");
});
document.addEventListener("htmx:afterRequest", (event) =>
  event.target.removeAttribute?.("aria-busy"),
);

// Tabs that do not fit on a phone show where one is.
const tab = document.querySelector(".tabs [aria-current]");
if (tab) tab.parentElement.scrollLeft = tab.offsetLeft - tab.parentElement.offsetLeft - 32;

// The error summary is read first.
document.querySelector(".summary-errors")?.focus();

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// What was chosen or typed on a slow connection, before htmx was there, counts too.
function isChanged(field) {
  if (field.options) {
    const given = [...field.options].findIndex((option) => option.defaultSelected);
    return field.selectedIndex !== Math.max(given, 0);
  }
  return field.checked !== field.defaultChecked || field.value !== field.defaultValue;
}
document.addEventListener("DOMContentLoaded", () => {
  const live = "[hx-trigger*=input], [hx-trigger*=change]";
  for (const field of document.querySelectorAll(`:is(${live}) :is(input, select, textarea)`)) {
    if (!isChanged(field)) continue;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
});
