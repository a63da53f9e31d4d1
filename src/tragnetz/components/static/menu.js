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
