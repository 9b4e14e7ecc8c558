// <select data-filter-select> becomes a field to type in, with the matching options below it.
// The select stays in the form, hidden, and carries the value.
(() => {
  const SHOWN = 50;
  const NORDIC = { æ: "ae", ø: "o", å: "a", ß: "ss", ł: "l", đ: "d", ð: "d", þ: "th" };
  const plain = (text) =>
    text
      .toLowerCase()
      .replace(/[æøåßłđðþ]/g, (letter) => NORDIC[letter])
      .replaceAll("aa", "a")
      .normalize("NFD")
      .replace(/\p{M}/gu, "");

  const matches = (option, words) => {
    const text = plain(option.text);
    return words.every((word) => text.includes(word));
  };

  const enhance = (select) => {
    if (select.dataset.filterSelect === "done" || select.multiple) return;
    select.dataset.filterSelect = "done";

    const box = document.createElement("div");
    const input = document.createElement("input");
    const list = document.createElement("ul");
    let found = [];
    let active = -1;

    box.className = "filter-select";
    list.id = `${select.id}_list`;
    list.setAttribute("role", "listbox");
    list.hidden = true;
    input.type = "text";
    input.autocomplete = "off";
    input.className = select.className;
    input.placeholder = [...select.options].find((option) => !option.value)?.text ?? "";
    for (const [name, value] of Object.entries({
      role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
    })) input.setAttribute(name, value);
    for (const name of ["aria-describedby", "aria-invalid", "required", "disabled"]) {
      if (select.hasAttribute(name)) input.setAttribute(name, select.getAttribute(name));
    }
    const label = document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
    if (label) {
      label.id ||= `${select.id}_label`;
      list.setAttribute("aria-labelledby", label.id);
    }
    input.id = select.id; // the label and the error summary lead to the field one can see
    select.removeAttribute("id");
    select.hidden = true;
    select.removeAttribute("required");
    select.before(box);
    box.append(input, list, select);

    const chosenText = () => (select.value ? select.selectedOptions[0].text : "");

    const close = () => {
      list.hidden = true;
      active = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    };

    const mark = (index) => {
      active = index;
      [...list.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === index)));
      const item = list.children[index];
      if (!item) return;
      input.setAttribute("aria-activedescendant", item.id);
      item.scrollIntoView({ block: "nearest" });
    };

    const open = (typed) => {
      const words = plain(typed).split(/\s+/).filter(Boolean);
      found = [...select.options].filter((option) => option.value && matches(option, words)).slice(0, SHOWN);
      list.replaceChildren(
        ...found.map((option, index) => {
          const item = document.createElement("li");
          item.id = `${list.id}_${index}`;
          item.setAttribute("role", "option");
          item.textContent = option.text;
          item.addEventListener("mousedown", (event) => event.preventDefault());
          item.addEventListener("click", () => choose(option));
          return item;
        }),
      );
      if (!found.length) {
        const none = document.createElement("li");
        none.className = "filter-none";
        none.setAttribute("role", "option");
        none.setAttribute("aria-disabled", "true");
        none.textContent = document.body.dataset.textNone;
        list.append(none);
      }
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
      mark(found.length && words.length ? 0 : -1);
    };

    const choose = (option) => {
      select.value = option.value;
      input.value = option.text;
      select.dispatchEvent(new Event("change", { bubbles: true }));
      close();
    };

    const settle = () => {
      if (input.value.trim() === "" && !input.required) select.value = "";
      input.value = chosenText();
      close();
    };

    input.value = chosenText();
    input.addEventListener("input", () => open(input.value));
    input.addEventListener("click", () => open(""));
    input.addEventListener("focus", () => input.select());
    input.addEventListener("blur", settle);
    input.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (list.hidden) open("");
        const step = event.key === "ArrowDown" ? 1 : -1;
        if (found.length) mark((active + step + found.length) % found.length);
      } else if (event.key === "Enter" && !list.hidden && found[active]) {
        event.preventDefault();
        choose(found[active]);
      } else if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        event.stopPropagation();
        settle();
      }
    });
  };

  const enhanceAll = (root) => root.querySelectorAll("select[data-filter-select]").forEach(enhance);
  enhanceAll(document);
  document.addEventListener("htmx:load", (event) => enhanceAll(event.detail.elt));
})();
