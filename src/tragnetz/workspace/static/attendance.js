// One letter marks a person and goes on to the next: d (da), e (entschuldigt), n (nicht da). Without script: arrows, Tab.
const MARKS = { d: "came", e: "excused", n: "missed" };
document.querySelector(".attendance")?.addEventListener("keydown", (event) => {
  const mark = MARKS[event.key.toLowerCase()];
  const row = event.target.closest("tr");
  if (!mark || !row || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  row.querySelector(`input[value="${mark}"]`).checked = true;
  const next = row.nextElementSibling?.querySelector("input:checked") ?? document.querySelector("form .kern-btn--primary");
  next.focus();
});
