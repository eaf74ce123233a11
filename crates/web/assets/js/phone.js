// The telephone beside the desk of a demo clinic stays open while the visitor goes from page to page.
// Without this file it is a page of its own.

const panel = document.getElementById("demo-phone");
const kept = "demo-phone";

function open(address) {
  if (panel && !document.querySelector(".page .phones")) htmx.ajax("GET", address, { target: "#demo-phone", swap: "innerHTML" });
}

function close() {
  sessionStorage.removeItem(kept);
  if (!panel) return;
  panel.replaceChildren();
  document.getElementById("demo-phone-button")?.focus();
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-phone-closes]")) close();
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && panel?.contains(document.activeElement)) close();
});

document.addEventListener("htmx:afterSettle", () => {
  const phone = panel?.querySelector(".phones");
  if (phone) sessionStorage.setItem(kept, phone.dataset.phone ? `/demo/phone/${phone.dataset.phone}` : "/demo/phones");
});

// What was said is in the thread: the line is free for the next.
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful && event.target.matches("[data-phone-says]")) event.target.reset();
});

const address = sessionStorage.getItem(kept);
if (address) open(address);
