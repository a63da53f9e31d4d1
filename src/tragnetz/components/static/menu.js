// On a phone the ways of the work and of a case are folded away, each behind a button that says where one is.
(() => {
  const narrow = matchMedia("(max-width: 40rem)");
  const folds = [...document.querySelectorAll("details[data-fold]")];
  for (const fold of folds) {
    const here = fold.querySelector("[aria-current]");
    if (here) fold.querySelector("[data-fold-here]").textContent = `: ${here.textContent.trim()}`;
  }
  const fit = () => { for (const fold of folds) fold.open = !narrow.matches; };
  narrow.addEventListener("change", fit);
  fit();
})();
// A menu closes when the focus or a click goes elsewhere, so that it hides nothing; Escape gives the focus back to its button.
(() => {
  const menus = [...document.querySelectorAll("details.menu")];
  const close = (target) => { for (const menu of menus) if (menu.open && !menu.contains(target)) menu.open = false; };
  document.addEventListener("focusin", (event) => close(event.target));
  document.addEventListener("click", (event) => close(event.target));
  document.addEventListener("keydown", (event) => {
    const menu = menus.find((one) => one.open);
    if (event.key !== "Escape" || !menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
})();
