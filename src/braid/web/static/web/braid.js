// What pages do beyond plain links and forms. Everything here is an addition:
// without it links lead to whole pages and forms are sent as ever.
(() => {
  const texts = document.body.dataset;
  const dialog = document.getElementById("dialog");
  const toasts = document.getElementById("toasts");

  const remembered = {
    get: (key) => {
      try {
        return localStorage.getItem(key);
      } catch {
        return null;
      }
    },
    set: (key, value) => {
      try {
        localStorage.setItem(key, value);
      } catch {
        // nothing is kept: the choice lasts as long as the page
      }
    },
  };

  // ---- The dialog: <a data-dialog href="…"> is fetched into it ------------------------------

  let isTouched = false;
  for (const kind of ["input", "change"]) dialog.addEventListener(kind, () => (isTouched = true));

  // What is typed into a form with a draft is kept: nothing is lost by closing it.
  const isKept = () => dialog.querySelector("form[data-draft]") && !dialog.querySelector("[data-draft-offer]");
  const mayClose = () => !isTouched || isKept() || window.confirm(texts.textLeave);

  const openDialog = async (url) => {
    await window.htmx.ajax("GET", url, { target: "#dialog-body", swap: "innerHTML settle:0ms" });
    if (!document.getElementById("dialog-title")) {
      window.location.assign(url); // it did not come: go there instead
      return;
    }
    isTouched = false;
    if (!dialog.open) dialog.showModal();
    const first = dialog.querySelector("[autofocus], .dialog-content :is(input, select, textarea):not([type=hidden])");
    const byThumb = window.matchMedia("(pointer: coarse)").matches; // there a focus would raise the keyboard
    (byThumb || !first ? document.getElementById("dialog-title") : first).focus();
  };

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-dialog-close]") && mayClose()) dialog.close();
    const link = event.target.closest("a[data-dialog]");
    const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button !== 0;
    if (!link || elsewhere || event.defaultPrevented || !window.htmx) return;
    event.preventDefault();
    openDialog(link.href);
  });
  dialog.addEventListener("cancel", (event) => {
    if (!mayClose()) event.preventDefault();
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog && mayClose()) dialog.close(); // a click beside it
  });
  dialog.addEventListener("close", () => document.getElementById("dialog-body").replaceChildren());

  // ---- Keys: <a data-shortcut="l">, unless the reader switched keys off ----------------------

  const keysOff = () => remembered.get("braid-keys") === "off";

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || keysOff() || dialog.open) return;
    if (event.target.closest("input, select, textarea, [contenteditable], [role=combobox]")) return;
    const link = document.querySelector(`[data-shortcut="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!link) return;
    event.preventDefault();
    link.click();
  });

  // ---- The user's menu ---------------------------------------------------------------------

  const closeMenus = (except) => {
    for (const menu of document.querySelectorAll("details[data-menu][open]")) {
      if (menu !== except) menu.open = false;
    }
  };
  document.addEventListener("click", (event) => closeMenus(event.target.closest("details[data-menu]")));
  document.addEventListener("keydown", (event) => {
    const menu = event.key === "Escape" && event.target.closest("details[data-menu][open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });

  for (const choice of document.querySelectorAll("[data-theme-choice]")) {
    choice.hidden = false;
    const now = remembered.get("braid-theme") ?? (document.documentElement.dataset.accountTheme || "auto");
    for (const radio of choice.querySelectorAll("input")) radio.checked = radio.value === now;
    choice.addEventListener("change", (event) => {
      remembered.set("braid-theme", event.target.value);
      if (event.target.value === "auto") delete document.documentElement.dataset.bsTheme;
      else document.documentElement.dataset.bsTheme = event.target.value;
    });
  }
  for (const choice of document.querySelectorAll("[data-shortcut-choice]")) {
    choice.hidden = false;
    const box = choice.querySelector("input");
    box.checked = !keysOff();
    box.addEventListener("change", () => remembered.set("braid-keys", box.checked ? "on" : "off"));
  }

  // ---- The tab that is open is in sight ---------------------------------------------------------

  for (const tab of document.querySelectorAll(".tabs [aria-current]")) {
    const row = tab.closest(".tabs");
    row.scrollLeft = tab.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2;
  }

  // ---- A page that is made for paper ------------------------------------------------------------

  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }

  // ---- A form is sent once --------------------------------------------------------------------

  document.addEventListener("submit", (event) => {
    const form = event.target;
    // The attribute, since a field may be called "method" as well.
    if (form.getAttribute("method") !== "post" || form.hasAttribute("hx-post")) return;
    if ("sent" in form.dataset) event.preventDefault();
    form.dataset.sent = "";
    window.setTimeout(() => delete form.dataset.sent, 5000); // a download leaves the page open
  });
  window.addEventListener("pageshow", (event) => {
    // Back at a form that was sent: it is fetched again, since its key saves only once.
    if (event.persisted && document.querySelector("form[data-sent]")) window.location.reload();
  });

  // ---- Toasts and focus --------------------------------------------------------------------

  const showToast = (toast) => {
    const leaves = "toastLeaves" in toast.dataset; // those with an undo or an error stay
    window.bootstrap?.Toast.getOrCreateInstance(toast, { autohide: leaves, delay: 8000 }).show();
  };

  const takeFocus = (root) => root.querySelector("[data-takes-focus]")?.focus();

  const sayFailed = () => {
    const toast = document.getElementById("toast-failed").content.firstElementChild.cloneNode(true);
    toast.querySelector(".toast-text").textContent = texts.textFailed;
    // An open dialog lies above the toasts, so there it is said inside.
    ((dialog.open && dialog.querySelector(".dialog-content")) || toasts).prepend(toast);
    showToast(toast);
  };

  document.addEventListener("htmx:responseError", sayFailed);
  document.addEventListener("htmx:sendError", sayFailed);
  document.addEventListener("htmx:load", (event) => takeFocus(event.detail.elt));
  document.addEventListener("htmx:oobAfterSwap", () => toasts.querySelectorAll("[data-toast]").forEach(showToast));

  // A live region is read out when something comes into it, not when it is there from the start.
  const waiting = [...toasts.children];
  toasts.replaceChildren();
  window.setTimeout(() => {
    toasts.append(...waiting);
    toasts.querySelectorAll("[data-toast]").forEach(showToast);
  }, 150);
  takeFocus(document);
})();
