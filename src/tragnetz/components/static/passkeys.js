// Passkeys and security keys: asks the browser for one, and sends what it gives with the form around the button.
// Needs vendored `webauthn-json` of allauth (bytes to text and back). Without script the buttons stay hidden.
(() => {
  const forms = document.querySelectorAll("form[data-passkey]");
  const isNumber = /^[\d.]+$|^\[/.test(location.hostname); // keys are bound to a name
  if (!window.PublicKeyCredential || !window.webauthnJSON || isNumber) return;
  for (const one of document.querySelectorAll("[data-unsupported]")) one.hidden = true;
  const options = async (form) => {
    if (!form.dataset.optionsUrl) return JSON.parse(document.getElementById("js_data").textContent);
    const answer = await fetch(form.dataset.optionsUrl, { headers: { Accept: "application/json" } });
    return answer.json();
  };
  const create = (given, form) => {
    const choice = given.creation_options.publicKey.authenticatorSelection;
    const wanted = form.elements.passwordless && form.elements.passwordless.checked;
    choice.residentKey = wanted ? "required" : "discouraged";
    choice.requireResidentKey = Boolean(wanted);
    if (wanted) choice.userVerification = "required";
    return window.webauthnJSON.create(given.creation_options);
  };
  for (const form of forms) {
    const button = form.querySelector("button");
    const trouble = form.querySelector("[data-trouble]");
    button.hidden = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      trouble.hidden = true;
      button.disabled = true;
      try {
        const given = await options(form);
        const made = form.dataset.passkey === "create" ? create(given, form) : window.webauthnJSON.get(given.request_options);
        form.elements.credential.value = JSON.stringify(await made);
        form.submit();
      } catch {
        trouble.hidden = false;
        button.disabled = false;
      }
    });
  }
})();
