// The rungs of a ladder are put in order by dragging. Without this file the arrows beside them do the same.

let dragged = null;

const list = (target) => target.closest?.("[data-rungs]");

function take() {
  for (const rung of document.querySelectorAll("[data-rungs] > li")) rung.draggable = true;
}
take();
document.addEventListener("htmx:afterSettle", take);

document.addEventListener("dragstart", (event) => {
  const rung = list(event.target) && event.target.closest("li");
  // what is marked in a field is not the rung
  if (!rung || event.target.closest?.("input")) return;
  dragged = rung;
  event.dataTransfer.effectAllowed = "move";
  rung.toggleAttribute("data-dragged", true);
});

document.addEventListener("dragover", (event) => {
  const over = dragged && list(event.target) && event.target.closest("li");
  if (!over) return;
  event.preventDefault();
  const box = over.getBoundingClientRect();
  if (over !== dragged) over[event.clientY < box.top + box.height / 2 ? "before" : "after"](dragged);
});

document.addEventListener("dragend", () => {
  if (!dragged) return;
  const rungs = dragged.closest("[data-rungs]");
  dragged.removeAttribute("data-dragged");
  dragged = null;
  // the fields are read in the order of their numbers
  rungs.querySelectorAll(":scope > li").forEach((rung, place) => {
    for (const field of rung.querySelectorAll("input[name]")) field.name = field.name.replace(/\d+$/, place);
  });
  document.getElementById("show").click();
});
