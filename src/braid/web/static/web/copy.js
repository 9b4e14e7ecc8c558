// A button that copies a text; without this the text can be selected by hand.
(() => {
  if (!navigator.clipboard) return;
  const words = document.getElementById("copied-words")?.innerHTML.trim() ?? "";
  for (const button of document.querySelectorAll("[data-copy]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const field = document.getElementById(button.dataset.copy);
      try {
        await navigator.clipboard.writeText(field.value);
        button.parentElement.querySelector("[data-copied]").textContent = words;
      } catch {
        field.select(); // the browser said no: Ctrl+C is left
      }
    });
  }
})();
