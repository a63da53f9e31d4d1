// A QR code carries the code behind the `#`, which never leaves the browser. Without script one types it.
const code = decodeURIComponent(location.hash.slice(1));
const field = document.getElementById("code");
if (field && /^[0-9A-Za-z-]{12,20}$/.test(code)) {
  field.value = code;
  history.replaceState(null, "", location.pathname);
  field.focus();
}
