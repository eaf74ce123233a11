// Comforts of the journal: arrows between visits, and moving one with the mouse. Moving by the list of times needs neither.

const STEP = 15;
const ROW = 5;
const grid = () => document.getElementById("journal-grid");
const wide = () => matchMedia("(width >= 760px)").matches;
const number = new Intl.NumberFormat(document.documentElement.lang, { minimumIntegerDigits: 2, useGrouping: false });
const hour = new Intl.NumberFormat(document.documentElement.lang, { useGrouping: false });
const clock = (minute) => `${hour.format(Math.floor(minute / 60))}:${number.format(minute % 60)}`;

// The nearest visit in the direction of an arrow; across, the one at about the same hour.
function neighbour(from, key) {
  const at = from.getBoundingClientRect();
  const sign = key === "ArrowUp" || key === "ArrowLeft" ? -1 : 1;
  const along = key === "ArrowUp" || key === "ArrowDown" ? "y" : "x";
  const across = along === "y" ? "x" : "y";
  let best = null;
  for (const block of grid().querySelectorAll(".block")) {
    if (block === from) continue;
    const box = block.getBoundingClientRect();
    const far = (box[along] - at[along]) * sign;
    const aside = Math.abs(box[across] - at[across]);
    if (far <= 1 || (along === "y" && aside > 8)) continue;
    const weight = along === "y" ? far : far * 4 + aside;
    if (!best || weight < best.weight) best = { block, weight };
  }
  return best?.block;
}

document.addEventListener("keydown", (event) => {
  if (!event.key.startsWith("Arrow") || event.ctrlKey || event.metaKey || event.altKey) return;
  const block = event.target.closest?.(".block");
  if (!block) return;
  const next = neighbour(block, event.key);
  event.preventDefault();
  next?.focus();
  next?.scrollIntoView({ block: "nearest", inline: "nearest" });
});

// What somebody is about to do with a visit is not swept away by news of others.
document.addEventListener("htmx:beforeRequest", (event) => {
  const panel = event.target;
  if (panel.id === "visit-panel" && panel.querySelector("details[open], :focus")) event.preventDefault();
});

// The open visit is marked in the day.
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.target.id !== "visit-panel") return;
  const opened = new URL(location.href).searchParams.get("visit");
  for (const block of grid()?.querySelectorAll(".block") ?? []) {
    block.toggleAttribute("aria-current", block.id === `visit-${opened}`);
  }
});

let drag = null;

function columns() {
  return [...grid().querySelectorAll(".column")];
}

// The column and the minute under the pointer, in steps of a quarter of an hour.
function place(event) {
  const heads = columns();
  const column = heads.findIndex((head) => {
    const box = head.getBoundingClientRect();
    return event.clientX >= box.left && event.clientX < box.right;
  });
  const lane = grid().querySelector(".lane").getBoundingClientRect();
  const minutes = ((event.clientY - lane.top) / lane.height) * drag.lasts_all - drag.grip;
  const start = Math.round((drag.from + minutes) / STEP) * STEP;
  const last = drag.from + drag.lasts_all - drag.lasts;
  return { column: column < 0 ? drag.column : column, start: Math.min(Math.max(start, drag.from), last) };
}

function rowClass(block, start) {
  const keep = [...block.classList].filter((name) => !/^(from|to|in|beside)-/.test(name));
  const row = (start - drag.from) / ROW;
  block.className = [...keep, `from-${row}`, `to-${row + drag.lasts / ROW}`, `in-${drag.to.column + 1}`].join(" ");
}

document.addEventListener("pointerdown", (event) => {
  const block = event.target.closest?.(".block[data-visit]");
  if (!block || event.button !== 0 || event.pointerType === "touch" || !wide()) return;
  const box = block.getBoundingClientRect();
  const lane = grid().querySelector(".lane").getBoundingClientRect();
  const classes = [...block.classList];
  const row = Number(classes.find((name) => name.startsWith("from-")).slice(5));
  const from = Number(grid().dataset.from);
  const rows = Number([...grid().classList].find((name) => name.startsWith("rows-")).slice(5));
  drag = {
    block, from, ghost: null,
    x: event.clientX, y: event.clientY,
    column: Number(classes.find((name) => name.startsWith("in-")).slice(3)) - 1,
    start: from + row * ROW,
    lasts: Math.round((block.dataset.ends - block.dataset.starts) / 60000),
    lasts_all: rows * ROW,
    grip: ((event.clientY - box.top) / lane.height) * rows * ROW,
    to: null,
  };
});

document.addEventListener("pointermove", (event) => {
  if (!drag) return;
  if (!drag.ghost) {
    if (Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < 6) return;
    drag.ghost = drag.block.cloneNode(true);
    drag.ghost.removeAttribute("id");
    drag.ghost.classList.add("ghost");
    drag.block.classList.add("dragged");
    grid().append(drag.ghost);
  }
  event.preventDefault();
  drag.to = place(event);
  rowClass(drag.ghost, drag.to.start);
  const time = drag.ghost.querySelector("time");
  if (time) time.textContent = `${clock(drag.to.start)}–${clock(drag.to.start + drag.lasts)}`;
});

function letGo() {
  drag?.ghost?.remove();
  drag?.block.classList.remove("dragged");
  drag = null;
}

document.addEventListener("pointerup", () => {
  if (!drag?.to) return letGo();
  const { block, to, start, column } = drag;
  block.addEventListener("click", (event) => { event.preventDefault(); event.stopImmediatePropagation(); }, { once: true, capture: true });
  if (to.start !== start || to.column !== column) ask(block, to, column, start);
  letGo();
});
document.addEventListener("pointercancel", letGo);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && drag) letGo();
});

// Nothing moves before somebody has read where to.
function ask(block, to, column, start) {
  const head = columns()[to.column];
  const shift = (to.start - start) * 60000;
  const chair = to.column === column ? block.dataset.chair : head.dataset.chair ?? "";
  const form = document.getElementById("move-form");
  form.action = `/journal/visits/${block.dataset.visit}/move`;
  form.elements.seen.value = block.dataset.seen;
  form.elements.slot.value = [head.dataset.provider, chair, Number(block.dataset.starts) + shift, Number(block.dataset.ends) + shift].join(".");
  document.getElementById("move-patient").textContent = block.querySelector("b").textContent;
  document.getElementById("move-from").textContent = `${clock(start)} · ${columns()[column].dataset.name}`;
  document.getElementById("move-to").textContent = `${clock(to.start)} · ${head.dataset.name}`;
  document.getElementById("move-dialog").showModal();
}

// The day opens at the present hour.
document.getElementById("now")?.scrollIntoView({ block: "center" });
document.querySelector(".block[aria-current]")?.scrollIntoView({ block: "nearest" });
