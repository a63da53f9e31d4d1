// Two keys lead to a page, `?` shows which. Off when somebody switched them off, and never while somebody types.
(() => {
  const dialog = document.getElementById("keys");
  if (!dialog) return;
  const WAIT = 1500;
  const isOff = () => localStorage.getItem("keys") === "off";
  const targets = () => [...document.querySelectorAll("[data-keys]")];
  let first = "", since = 0;

  const row = (keys, label) => {
    const line = document.createElement("div"), term = document.createElement("dt"), words = document.createElement("dd");
    const key = document.createElement("kbd");
    key.textContent = keys;
    term.append(key);
    words.textContent = label;
    line.append(term, words);
    return line;
  };
  const words = (one) => (one.labels?.[0] ?? one).textContent.replace(/\s+/g, " ").trim();
  const show = () => {
    const rows = targets().map((one) => row(one.dataset.keys, words(one)));
    const own = [...document.querySelectorAll("main [accesskey]")].filter((one) => one.type !== "radio");
    rows.push(...own.map((one) => row(`Alt+${one.accessKey.toUpperCase()}`, words(one))));
    if (document.querySelector("[data-search]")) rows.push(row("/", words(document.querySelector("[data-search]"))));
    dialog.querySelector("[data-keys-list]").replaceChildren(...rows);
    dialog.showModal();
  };

  document.querySelector("[data-keys-open]")?.addEventListener("click", (event) => {
    event.preventDefault();
    show();
  });
  for (const box of document.querySelectorAll("[data-keys-off]")) {
    box.checked = isOff();
    box.addEventListener("change", () => {
      localStorage.setItem("keys", box.checked ? "off" : "on");
      for (const other of document.querySelectorAll("[data-keys-off]")) other.checked = box.checked;
    });
  }
  document.querySelector("[data-keys-switch]")?.removeAttribute("hidden");

  const isTyping = (one) => one.closest("input, textarea, select, [contenteditable], .attendance, [data-plan]");
  const follow = (one) => {
    if (one.matches("summary")) {
      one.parentElement.open = true;
      one.scrollIntoView({ block: "start" });
      (one.parentElement.querySelector("input:not([type=hidden]), select, textarea") ?? one).focus();
    } else one.click();
  };
  document.addEventListener("keydown", (event) => {
    if (isOff() || dialog.open || event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
    const key = event.key.toLowerCase(), now = Date.now();
    if (key === "?") { event.preventDefault(); show(); return; }
    if (key === "/") {
      const field = document.querySelector("[data-search]");
      if (field) { event.preventDefault(); field.focus(); }
      return;
    }
    const found = first && now - since < WAIT ? targets().find((one) => one.dataset.keys === `${first} ${key}`) : null;
    first = found || key.length !== 1 ? "" : key;
    since = now;
    if (found) { event.preventDefault(); follow(found); }
  });
})();
