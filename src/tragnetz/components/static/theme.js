// KERN takes its theme from an attribute; ours follows the device, also when it changes during the day. Paper is light.
const dark = window.matchMedia("(prefers-color-scheme: dark)");
const show = (theme) => document.documentElement.setAttribute("data-kern-theme", theme);
const follow = () => show(dark.matches ? "dark" : "light");
dark.addEventListener("change", follow);
addEventListener("beforeprint", () => show("light"));
addEventListener("afterprint", follow);
follow();
