// Keys and small comforts of the desk. Every page works without this file.

const typing = (target) => target.closest("input, textarea, select, [contenteditable]") !== null;
const rows = () => [...document.querySelectorAll("[data-rows] a[href], [data-rows] [tabindex]")].filter((row) => row.offsetParent);

// Who does not want single letters to act switches them off in this browser; what needs Ctrl stays.
const KEPT = "desk-keys";
const lettersAct = () => localStorage.getItem(KEPT) !== "off";
const showLetters = () => document.documentElement.toggleAttribute("data-no-keys", !lettersAct());
showLetters();

// The key by its Latin letter, whatever is written on it: a Latin layout says it itself, others by its place.
function keyOf(event) {
  if (event.key.length !== 1 || /[a-z/?]/i.test(event.key)) return event.key.toLowerCase();
  if (/^Key[A-Z]$/.test(event.code)) return event.code.slice(3).toLowerCase();
  if (event.code === "Slash") return event.shiftKey ? "?" : "/";
  return event.key;
}

// From where the person is: what has the focus, else what they walked to before, else what is open.
function step(by) {
  const all = rows();
  if (all.length === 0) return;
  const places = [(row) => row === document.activeElement, (row) => row.hasAttribute("data-at"), (row) => row.hasAttribute("aria-current")];
  const at = places.map((is) => all.findIndex(is)).find((place) => place >= 0) ?? -1;
  for (const row of all) row.removeAttribute("data-at");
  const next = all[Math.min(Math.max(at + by, 0), all.length - 1)];
  next.setAttribute("data-at", "");
  next.focus();
}

function press(key) {
  const target = [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].find((one) => one.offsetParent);
  if (!target) return false;
  if (target.matches("textarea, input")) target.focus();
  else target.click();
  return true;
}

// The innermost open menu or 'why', and back to what opened it.
function closeInnermost() {
  const open = [...document.querySelectorAll("details.why[open], details.menu[open]")].pop();
  if (!open) return false;
  open.open = false;
  open.querySelector("summary")?.focus();
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
  const key = keyOf(event);
  if ((event.ctrlKey || event.metaKey) && key === "k") {
    event.preventDefault();
    document.querySelector("#find")?.focus();
    return;
  }
  if ((event.ctrlKey || event.metaKey) && key === "enter" && event.target.matches("textarea")) {
    event.target.form?.requestSubmit();
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (key === "escape" && closeInnermost()) return event.preventDefault();
  if (typing(event.target)) {
    if (key === "escape") event.target.blur();
    return;
  }
  if (key === "escape" ? !press(key) : !lettersAct() || !act(key)) return;
  event.preventDefault();
});

function act(key) {
  if (key === "?") document.getElementById("keys-sheet")?.showModal();
  else if (key === "/") document.querySelector("#find")?.focus();
  else if (key === "j") step(1);
  else if (key === "k") step(-1);
  else return /^[a-z]$/.test(key) && press(key);
  return true;
}

const letters = document.getElementById("keys-letters");
if (letters) {
  letters.checked = lettersAct();
  letters.addEventListener("change", () => {
    localStorage.setItem(KEPT, letters.checked ? "on" : "off");
    showLetters();
  });
}

// A menu or a 'why' closes when somebody looks elsewhere.
document.addEventListener("click", (event) => {
  for (const open of document.querySelectorAll("details.why[open], details.menu[open]")) {
    if (!open.contains(event.target)) open.open = false;
  }
});

// Buttons that open a dialog of the page: data-opens is its id. Without this file there is nothing to open.
for (const opener of document.querySelectorAll("[data-opens]")) opener.hidden = false;
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) document.getElementById(opener.dataset.opens)?.showModal();
  const closer = event.target.closest("[data-closes]");
  if (closer) closer.closest("dialog")?.close();
});

// What has just been done is read aloud: words that stand there from the first are not. Looking again says it no more.
const notice = document.querySelector(".main > .notice[role='status']");
if (notice) {
  const said = notice.textContent;
  notice.textContent = "";
  setTimeout(() => { notice.textContent = said; }, 60);
  const address = new URL(location.href);
  if (address.searchParams.has("done")) {
    address.searchParams.delete("done");
    history.replaceState(history.state, "", address);
  }
}

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
// at once, too: the next piece may come before this one has settled
document.addEventListener("htmx:afterSwap", toNewest);
document.addEventListener("htmx:afterSettle", toNewest);

// On a narrow screen the open tab may stand beyond the edge.
document.querySelector(".tabs [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });

// A live update leaves alone what is open and what is being typed.
if (window.Idiomorph) {
  window.Idiomorph.defaults.ignoreActiveValue = true;
  window.Idiomorph.defaults.callbacks.beforeAttributeUpdated = (name, node) => !(name === "open" && node.matches("details"));
}

// What is to be typed in elsewhere is copied by one tap, where the browser lets us.
for (const button of document.querySelectorAll("[data-copies]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    const from = document.getElementById(button.dataset.copies);
    await navigator.clipboard.writeText(from.value);
    button.textContent = button.dataset.copied;
  });
}
