// Keys and small comforts of the desk. Every page works without this file.

const typing = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;
const rows = () => [...document.querySelectorAll("[data-rows] a[href], [data-rows] [tabindex]")].filter((row) => row.offsetParent);

function step(by) {
  const all = rows();
  if (all.length === 0) return;
  const at = all.findIndex((row) => row === document.activeElement || row.hasAttribute("data-at"));
  all[at]?.removeAttribute("data-at");
  const next = all[Math.min(Math.max(at + by, 0), all.length - 1)];
  next.setAttribute("data-at", "");
  next.focus();
}

function press(key) {
  const target = document.querySelector(`[data-key="${key}"]`);
  if (!target) return false;
  if (target.matches("textarea, input")) target.focus();
  else target.click();
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented) return;
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
    event.preventDefault();
    document.querySelector("#find")?.focus();
    return;
  }
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter" && event.target.matches("textarea")) {
    event.target.form?.requestSubmit();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const key = event.key.toLowerCase();
  if (key === "/") document.querySelector("#find")?.focus();
  else if (key === "j") step(1);
  else if (key === "k") step(-1);
  else if (!press(event.key === "?" ? "?" : key)) return;
  event.preventDefault();
});

// A menu or a 'why' closes when somebody looks elsewhere.
document.addEventListener("click", (event) => {
  for (const open of document.querySelectorAll("details.why[open], details.menu[open]")) {
    if (!open.contains(event.target)) open.open = false;
  }
});

// Buttons that open a dialog of the page: data-opens is its id.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) document.getElementById(opener.dataset.opens)?.showModal();
  const closer = event.target.closest("[data-closes]");
  if (closer) closer.closest("dialog")?.close();
});

// The newest message of a thread is in sight, unless somebody reads what was said before.
let readsBefore = false;
function toNewest() {
  if (readsBefore) return;
  for (const talk of document.querySelectorAll("[data-newest]")) talk.scrollTop = talk.scrollHeight;
}
toNewest();
document.fonts.ready.then(toNewest);
document.addEventListener("htmx:beforeSwap", () => {
  const talk = document.querySelector("[data-newest]");
  readsBefore = talk !== null && talk.scrollHeight - talk.scrollTop - talk.clientHeight > 80;
});
document.addEventListener("htmx:afterSettle", toNewest);

// A live update leaves alone what is open and what is being typed.
if (window.Idiomorph) {
  window.Idiomorph.defaults.ignoreActiveValue = true;
  window.Idiomorph.defaults.callbacks.beforeAttributeUpdated = (name, node) => !(name === "open" && node.matches("details"));
}
