// Back and forward lead to a page that a form had answered: browsers ask there whether to send it again, or show a fault.
// The page is asked for anew instead, with what stood in its form, which the browser keeps with the tab as it keeps what was
// sent. Only where nobody is named (`data-again`), no code, not where somebody may have to hide what they looked at, and not
// after a while: the next at this phone sees nothing. A browser that shows the page as it was left, without loading it
// (`persisted`), is held to the same; one that lets us keep nothing keeps nothing.
(() => {
  const form = document.querySelector("form[data-again]"), HIDDEN = "hidden", WHILE = 900_000, REST = 400;
  const must = (ask) => { try { return ask(); } catch { return true; } }; // a browser that denies storage: as if hidden
  const isHidden = () => must(() => sessionStorage.getItem(HIDDEN) !== null);
  const isFresh = () => history.state?.again && Math.abs(Date.now() - history.state.again.at) < WHILE;
  if (document.querySelector(".quick-exit")) must(() => sessionStorage.setItem(HIDDEN, "1"));
  const [how] = performance.getEntriesByType("navigation");
  const kept = history.state?.again;
  if (kept && !isFresh()) history.replaceState(null, "");
  if (kept && isFresh() && how && how.type !== "navigate" && !isHidden()) {
    const token = document.querySelector("[name=csrfmiddlewaretoken]");
    if (token) {
      const again = document.createElement("form");
      again.method = "post";
      again.action = kept.action;
      again.hidden = true;
      for (const [name, value] of [...kept.fields, [token.name, token.value]]) {
        const field = document.createElement("input");
        field.type = "hidden";
        field.name = name;
        field.value = value;
        again.append(field);
      }
      document.body.append(again);
      again.submit();
      return;
    }
  }
  if (!form) {
    // An answer that holds no form: coming back asks for the page as it begins, and a reload sends nothing twice.
    const isAnswer = "posted" in document.body.dataset && !document.querySelector("[aria-invalid=true]");
    if (isAnswer) history.replaceState(null, "", location.href);
    return;
  }
  const UNKEPT = new Set(["csrfmiddlewaretoken", "code"]);
  let soon;
  const keep = () => {
    clearTimeout(soon);
    const told = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !UNKEPT.has(name));
    const fields = [...told, [form.dataset.name || "sprache", form.dataset.value || "1"]];
    const state = isHidden() ? null : { again: { action: form.action, fields, at: Date.now() } };
    try { history.replaceState(state, "", form.dataset.again); } catch { /* some refuse a hundredth in half a minute */ }
  };
  keep();
  form.addEventListener("change", keep);
  form.addEventListener("submit", keep);
  form.addEventListener("input", () => { // a way back takes what is typed with it, though no other field was gone to
    clearTimeout(soon);
    soon = setTimeout(keep, REST);
  });
  addEventListener("pageshow", (event) => {
    if (!event.persisted || (isFresh() && !isHidden())) return;
    history.replaceState(null, "");
    location.replace(form.dataset.again);
  });
})();
// A form goes out once: a second tap on the same button does nothing while the first is on its way. On pages of the work
// the browser asks before a wrong click loses what somebody wrote and did not send.
(() => {
  const REST = 3_000; // a file that was asked for leaves the page as it was; then the button works again
  const TEXTS = "textarea, input:not([type]), input[type=text], input[type=tel], input[type=email]";
  let sent = new WeakMap(), leaving = false; // of each form: the button, and when

  const isPosted = (form) => (form.getAttribute("method") ?? "").toLowerCase() === "post";
  const isUnsent = (form) => {
    if (form.matches("[role=search]") || form.querySelector("[type=password]")) return false;
    // What a page gave back with a fault stands in its fields, and is kept nowhere else.
    const isGivenBack = "unsent" in form.dataset || form.querySelector("[aria-invalid=true]") !== null;
    return [...form.querySelectorAll(TEXTS)].some((one) => one.value.trim() !== (isGivenBack ? "" : one.defaultValue.trim()));
  };

  document.addEventListener("submit", (event) => {
    const form = event.target, button = event.submitter, now = Date.now();
    if (event.defaultPrevented) return;
    if (isPosted(form)) {
      const before = sent.get(form);
      if (before && before.button === button && now - before.at < REST) {
        event.preventDefault();
        return;
      }
      sent.set(form, { button, at: now });
    }
    leaving = form.getAttribute("target") !== "_blank";
    setTimeout(() => { leaving = false; }, REST);
  });
  addEventListener("pageshow", () => {
    sent = new WeakMap();
    leaving = false;
  });
  addEventListener("beforeunload", (event) => {
    if (leaving || !document.body.classList.contains("staff")) return;
    if ([...document.querySelectorAll("form")].some((form) => isPosted(form) && isUnsent(form))) event.preventDefault();
  });
})();
