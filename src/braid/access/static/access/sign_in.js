// Passkeys: which form of the page asks for one is said by the form itself.
(() => {
  const { forms } = window.allauth.webauthn;
  const asks = { add: forms.addForm, authenticate: forms.authenticateForm, login: forms.loginForm };

  for (const form of document.querySelectorAll("[data-passkey]")) {
    const kind = form.dataset.passkey;
    const button = form.querySelector("button[id]");
    const field = (name) => form.elements.namedItem(name)?.id;
    asks[kind]({
      ids: {
        [kind]: button.id,
        credential: field("credential"),
        passwordless: field("passwordless"),
        data: document.getElementById("js_data") ? "js_data" : undefined,
      },
    });
    button.disabled = false;
  }

  // What works only with a script is shown only then.
  for (const part of document.querySelectorAll("[data-needs-script]")) part.hidden = false;
})();
