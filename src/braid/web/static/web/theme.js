// Puts the reader's own choice of light or dark on the page before it is drawn: the one made
// in the menu of this browser, else the one kept with the account. Whoever changes the latter
// means it, so it takes the place of the former. Without a choice the system decides.
(() => {
  const root = document.documentElement;
  const account = root.dataset.accountTheme;
  let choice = null;
  try {
    if (account !== undefined && account !== (localStorage.getItem("braid-theme-account") ?? "")) {
      localStorage.setItem("braid-theme-account", account);
      localStorage.removeItem("braid-theme");
    }
    choice = localStorage.getItem("braid-theme");
  } catch {
    return; // storage is closed to us: what the account says stands
  }
  if (choice === "light" || choice === "dark") root.dataset.bsTheme = choice;
  else if (choice === "auto") delete root.dataset.bsTheme;
})();
