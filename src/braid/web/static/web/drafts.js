// What somebody types is kept on the server while they type, so that it is there again
// after a closed tab and on another device. Nothing is kept in the browser.
(() => {
  const QUIET = 2000; // milliseconds without a key
  const waiting = new Map(); // forms in which something is not kept yet, each with its timer

  const typed = (form) => [...new FormData(form)].filter(([, value]) => typeof value === "string");

  const keep = async (form, { leaving = false } = {}) => {
    window.clearTimeout(waiting.get(form));
    waiting.delete(form);
    const fields = typed(form);
    const value = (name) => fields.find(([own]) => own === name)?.[1] ?? "";
    const body = new URLSearchParams({
      csrfmiddlewaretoken: value("csrfmiddlewaretoken"),
      form_key: value("form_key"),
      form: form.dataset.draftForm,
      fields: JSON.stringify(fields),
    });
    try {
      // A browser finishes what it sends for a page that is gone only where it is small.
      const answer = await fetch(form.dataset.draft, { method: "POST", body, redirect: "error", keepalive: leaving });
      const state = form.querySelector("[data-draft-state]");
      if (state) state.hidden = !answer.ok;
    } catch {
      // no network: the next key tries again, and what is typed still stands in the form
    }
  };

  const isUndecided = (form) => form.parentElement?.querySelector("[data-draft-offer]") != null;

  const touched = (event) => {
    const form = event.target.closest("form[data-draft]");
    if (!form || isUndecided(form)) return;
    window.clearTimeout(waiting.get(form));
    waiting.set(
      form,
      window.setTimeout(() => keep(form), QUIET),
    );
  };
  for (const kind of ["input", "change"]) document.addEventListener(kind, touched);

  document.addEventListener("submit", (event) => {
    window.clearTimeout(waiting.get(event.target));
    waiting.delete(event.target);
  });

  const keepAll = () => {
    for (const form of [...waiting.keys()]) keep(form, { leaving: true });
  };
  window.addEventListener("pagehide", keepAll);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") keepAll();
  });
  document.getElementById("dialog").addEventListener("close", keepAll);
})();
