// Puts the reader's own choice of light or dark on the page before it is drawn.
// Without a choice nothing is set: the style sheet follows the system.
(() => {
  let choice = null;
  try {
    choice = localStorage.getItem("braid-theme");
  } catch {
    return; // storage is closed to us: the system decides
  }
  if (choice === "light" || choice === "dark") document.documentElement.dataset.bsTheme = choice;
})();
