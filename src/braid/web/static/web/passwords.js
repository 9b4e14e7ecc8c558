// A button beside each password shows what was typed, until it is pressed again.
(() => {
  const { textShow, textHide } = document.body.dataset;

  for (const field of document.querySelectorAll('input[type="password"]:not([autocomplete="off"])')) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-sm btn-outline password-toggle";
    button.textContent = textShow;
    button.setAttribute("aria-controls", field.id);
    button.addEventListener("click", () => {
      const isShown = field.type === "text";
      field.type = isShown ? "password" : "text";
      button.textContent = isShown ? textShow : textHide;
      field.focus();
    });
    field.after(button);
    field.form?.addEventListener("submit", () => (field.type = "password")); // so that it is not remembered as text
  }
})();
