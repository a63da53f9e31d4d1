// KERN takes its theme from an attribute; ours follows the device, also when it changes during the day.
const dark = window.matchMedia("(prefers-color-scheme: dark)");
const follow = () => document.documentElement.setAttribute("data-kern-theme", dark.matches ? "dark" : "light");
dark.addEventListener("change", follow);
follow();
