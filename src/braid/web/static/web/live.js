// A page that several people change at once: <… data-live="address of its news">.
// Every second it asks what is new and takes the parts that are another; what somebody
// is typing is never written over. Without this the page is loaded again by hand.
(() => {
  const root = document.querySelector("[data-live]");
  if (!root) return;
  const EVERY = 1000; // milliseconds
  const LOST = 5000; // the same while there is no answer
  const saving = new Set();
  let { liveSeen: seen } = root.dataset;
  let timer;
  let asking = null;

  const show = (name, is) => root.querySelectorAll(`[${name}]`).forEach((one) => (one.hidden = !is));
  show("data-live-by-hand", false);

  // ---- What is being typed --------------------------------------------------------------------

  const isChanged = (field) => {
    if (field.type === "hidden") return false;
    if ("checked" in field && /radio|checkbox/.test(field.type)) return field.checked !== field.defaultChecked;
    return "defaultValue" in field && field.value !== field.defaultValue;
  };
  const isHeld = (form) =>
    saving.has(form) ||
    form.closest("[data-unsaved]") !== null ||
    form.contains(document.activeElement) ||
    [...form.elements].some(isChanged);
  const held = (part) => [...part.querySelectorAll('form[data-live-form]:not([data-live-form=""])')].filter(isHeld);

  // ---- Taking what is new -----------------------------------------------------------------------

  const swap = (old, fresh) => {
    const kept = held(old);
    if (kept.length === 0) {
      const focused = old.contains(document.activeElement) ? document.activeElement : null;
      const at = focused ? [...old.querySelectorAll("a, button, summary")].indexOf(focused) : -1;
      old.querySelectorAll("details[data-keep]").forEach((one, index) => {
        const same = fresh.querySelectorAll("details[data-keep]")[index];
        if (same && one.open) same.open = true;
      });
      old.replaceWith(fresh);
      if (at >= 0) [...fresh.querySelectorAll("a, button, summary")][at]?.focus();
      window.htmx?.process(fresh);
      return;
    }
    for (const shown of old.querySelectorAll("[data-shown]")) {
      const same = fresh.querySelector(`[data-shown="${shown.dataset.shown}"]`);
      if (same) shown.replaceWith(same);
    }
    for (const form of kept) form.querySelector("[data-meanwhile]")?.removeAttribute("hidden");
    old.dataset.digest = fresh.dataset.digest;
  };

  const take = (html) => {
    const answer = new DOMParser().parseFromString(html, "text/html");
    for (const gone of answer.querySelectorAll("[data-gone]")) {
      root.querySelector(`[data-part="${gone.dataset.gone}"]`)?.replaceChildren();
    }
    for (const fresh of answer.querySelectorAll("[data-part]")) {
      const old = root.querySelector(`[data-part="${fresh.dataset.part}"]`);
      if (old) swap(old, document.importNode(fresh, true));
      else show("data-live-reload", true);
    }
  };

  const have = () =>
    [...root.querySelectorAll("[data-part]")].map((one) => `${one.dataset.part}.${one.dataset.digest}`).join(",");

  const fetchNews = async () => {
    const address = `${root.dataset.live}?${new URLSearchParams({ seen, have: have() })}`;
    const answer = await fetch(address, { headers: { "X-Live": "news" }, redirect: "error", cache: "no-store" });
    if (!answer.ok) throw new Error(answer.status);
    if (answer.status !== 204) {
      take(await answer.text());
      seen = answer.headers.get("X-Seen") ?? seen;
    }
  };

  const ask = async () => {
    window.clearTimeout(timer);
    if (asking) return asking;
    let next = EVERY;
    asking = fetchNews().then(
      () => show("data-live-lost", false),
      () => {
        show("data-live-lost", true);
        next = LOST;
      },
    );
    await asking;
    asking = null;
    if (document.visibilityState === "visible") timer = window.setTimeout(ask, next);
    return null;
  };

  // ---- Saving without leaving the page ------------------------------------------------------------

  const save = async (form) => {
    if (saving.has(form)) return true;
    saving.add(form);
    const body = new URLSearchParams(new FormData(form));
    try {
      const answer = await fetch(form.action, { method: "POST", body, headers: { "X-Live": "1" }, redirect: "error" });
      if (answer.status === 204) {
        form.closest("[data-part]")?.removeAttribute("data-unsaved");
        for (const field of form.elements) if ("defaultValue" in field) field.defaultValue = field.value;
        if (form.contains(document.activeElement) && form.dataset.liveForm) document.activeElement.blur();
        form.closest("details[data-keep]")?.removeAttribute("open");
        return true;
      }
      if (answer.status !== 409 && answer.status !== 422) throw new Error(answer.status);
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-part]");
      const old = form.closest("[data-part]");
      saving.delete(form);
      if (fresh && old) old.replaceWith(document.importNode(fresh, true));
      return false;
    } catch {
      show("data-live-lost", true);
      return false;
    } finally {
      saving.delete(form);
      delete form.dataset.sent;
    }
  };

  root.addEventListener("submit", async (event) => {
    const form = event.target.closest("form[data-live-form]");
    if (!form) return;
    event.preventDefault();
    if (!(await save(form))) return;
    const part = form.closest("[data-part]");
    if (part) part.dataset.digest = ""; // its form is made anew, with a new version and key
    seen = "";
    if (asking) await asking;
    ask();
  });

  // A dialog loads the page again when it is saved: what is typed elsewhere is saved first.
  root.addEventListener(
    "click",
    (event) => {
      if (!event.target.closest("a[data-dialog]")) return;
      for (const form of root.querySelectorAll('form[data-live-form="words"]')) {
        if ([...form.elements].some(isChanged)) save(form);
      }
    },
    { capture: true },
  );

  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") ask();
    else window.clearTimeout(timer);
  });
  timer = window.setTimeout(ask, EVERY);
})();
