// Says before a session ends, and keeps it when asked to. All of it is enforced on the server; this only helps.
// Pages of one browser share the time of their last request, so that none of them warns without need.
(() => {
  const note = document.querySelector("[data-session]");
  if (!note) return;
  const idle = Number(note.dataset.idle) * 1000;
  const end = Date.now() + Number(note.dataset.left) * 1000;
  const warn = Math.min(3 * 60_000, idle / 2);
  const seen = () => Number(localStorage.getItem("seen") || 0);
  const active = () => localStorage.setItem("seen", String(Date.now()));
  const show = (part) => {
    for (const one of note.querySelectorAll("[data-part]")) one.hidden = one.dataset.part !== part;
    note.hidden = part === "";
  };
  const look = () => {
    const now = Date.now();
    const left = seen() + idle - now;
    if (left <= 0 || end <= now) show("over");
    else if (end - now <= warn) show("day");
    else show(left <= warn ? "soon" : "");
  };
  active();
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.xhr.status !== 401) return active();
    localStorage.removeItem("seen");
    look();
  });
  note.querySelector("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = event.target;
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form) });
    if (answer.ok) active(); else localStorage.removeItem("seen");
    look();
  });
  setInterval(look, 5_000);
  document.addEventListener("visibilitychange", look);
})();
