// Moves a shift by mouse or keys; nothing is saved here: the form that opens holds the new day and hours.
"use strict";
(() => {
  const STEP = 30, DAY = 24 * 60;
  document.addEventListener("keydown", (event) => {
    if (!event.altKey) return;
    const link = document.querySelector(`[data-week="${event.key}"]`);
    if (link) { event.preventDefault(); link.click(); }
  });
  const table = document.querySelector("[data-plan]");
  if (!table) return;
  const said = document.querySelector("[data-plan-said]");
  const first = Number(table.dataset.first);
  const leftward = document.documentElement.dir === "rtl" ? 1 : -1;
  const minutes = (text) => { const [hours, rest] = text.split(":"); return Number(hours) * 60 + Number(rest); };
  const clock = (at) => `${String(Math.floor(at / 60)).padStart(2, "0")}:${String(at % 60).padStart(2, "0")}`;
  let moving = false;

  const shifts = [...table.querySelectorAll("[data-shift]")].map((link) => {
    const block = link.closest("li"), cell = block.closest("td");
    const cells = [...cell.parentElement.querySelectorAll("td")];
    const start = { day: cells.indexOf(cell), from: minutes(link.dataset.from), to: minutes(link.dataset.to) };
    return { link, block, cells, href: link.href, home: block.parentElement, next: block.nextSibling, start, now: { ...start } };
  });

  const list = (cell) => {
    let found = cell.querySelector(".blocks");
    if (!found) {
      found = document.createElement("ul");
      found.className = "blocks";
      cell.append(found);
    }
    return found;
  };

  const draw = (shift) => {
    const { day, from, to } = shift.now, cell = shift.cells[day];
    const moved = day !== shift.start.day || from !== shift.start.from || to !== shift.start.to;
    const at = day === shift.start.day ? shift.home : list(cell);
    const focused = document.activeElement === shift.link;
    moving = true;
    if (shift.block.parentElement !== at) at.insertBefore(shift.block, at === shift.home ? shift.next : null);
    shift.block.style.gridRow = moved ? `${Math.max(1, Math.floor((from - first) / 15) + 1)} / ${Math.max(2, Math.ceil((to - first) / 15) + 1)}` : "";
    shift.block.classList.toggle("block--moved", moved);
    shift.link.querySelector("[data-time]").textContent = `${clock(from)}–${clock(to)}`;
    shift.link.href = moved ? `${shift.href}&auf=${cell.dataset.day}&von=${clock(from)}&bis=${clock(to)}` : shift.href;
    if (focused) shift.link.focus();
    moving = false;
  };

  const say = (shift) => {
    const { day, from, to } = shift.now;
    said.textContent = table.dataset.said.replace("{day}", shift.cells[day].dataset.name).replace("{from}", clock(from)).replace("{to}", clock(to));
  };

  const set = (shift, next) => {
    const length = next.to - next.from;
    if (length < STEP || next.day < 0 || next.day >= shift.cells.length || next.from < 0 || next.to >= DAY) return;
    shift.now = next;
    draw(shift);
  };

  const back = (shift) => { shift.now = { ...shift.start }; draw(shift); };

  const keys = {
    ArrowUp: (now, longer) => ({ ...now, from: longer ? now.from : now.from - STEP, to: now.to - STEP }),
    ArrowDown: (now, longer) => ({ ...now, from: longer ? now.from : now.from + STEP, to: now.to + STEP }),
    ArrowLeft: (now) => ({ ...now, day: now.day + leftward }),
    ArrowRight: (now) => ({ ...now, day: now.day - leftward }),
  };

  for (const shift of shifts) {
    shift.link.addEventListener("keydown", (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      if (event.key === "Escape") {
        back(shift);
        said.textContent = table.dataset.back;
      } else if (keys[event.key]) {
        event.preventDefault();
        set(shift, keys[event.key](shift.now, event.shiftKey));
        say(shift);
      }
    });
    shift.link.addEventListener("blur", () => { if (!moving) back(shift); });
    shift.link.addEventListener("pointerdown", (event) => {
      if (event.pointerType === "touch" || event.button !== 0) return;
      const from = { ...shift.now }, y = event.clientY, resize = "grip" in event.target.dataset;
      const quarter = parseFloat(getComputedStyle(shift.home).gridAutoRows) || 6;
      let dragged = false;
      const move = (to) => {
        if (!dragged && Math.hypot(to.clientX - event.clientX, to.clientY - y) < 5) return;
        dragged = true;
        const by = Math.round(((to.clientY - y) / quarter) * 15 / STEP) * STEP;
        const over = shift.cells.findIndex((cell) => { const box = cell.getBoundingClientRect(); return to.clientX >= box.left && to.clientX < box.right; });
        set(shift, { day: resize || over < 0 ? shift.now.day : over, from: resize ? from.from : from.from + by, to: from.to + by });
      };
      const end = () => {
        document.removeEventListener("pointermove", move);
        document.removeEventListener("pointerup", end);
        document.removeEventListener("keydown", stop);
        if (!dragged) return;
        document.addEventListener("click", (click) => click.preventDefault(), { capture: true, once: true });
        setTimeout(() => { if (shift.link.href !== shift.href) location.assign(shift.link.href); });
      };
      const stop = (key) => {
        if (key.key !== "Escape") return;
        back(shift);
        dragged = false;
        end();
      };
      document.addEventListener("pointermove", move);
      document.addEventListener("pointerup", end);
      document.addEventListener("keydown", stop);
    });
    shift.link.addEventListener("dragstart", (event) => event.preventDefault());
  }
})();
