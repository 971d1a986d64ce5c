"use strict";
(() => {
  // Comfort only: everything on the page is there and readable without this script.
  const all = [...document.querySelectorAll("details.practice")];
  const reveal = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    const target = id && document.getElementById(id);
    if (target instanceof HTMLDetailsElement) {
      target.open = true;
      target.hidden = false;
      target.scrollIntoView();
    }
  };
  addEventListener("hashchange", reveal);
  document.addEventListener("click", (event) => {
    // the same link clicked twice changes no hash
    const link = event.target instanceof Element && event.target.closest('a[href^="#p-"]');
    if (link && link.hash === location.hash) reveal();
  });
  reveal();
  const tools = document.querySelector(".tools");
  if (!tools) return;
  tools.hidden = false;
  const expand = document.getElementById("expand");
  expand.addEventListener("click", () => {
    const open = !all.every((details) => details.open);
    for (const details of all) details.open = open;
    expand.textContent = open ? expand.dataset.close : expand.dataset.open;
  });
  const filter = document.getElementById("filter");
  filter.addEventListener("input", () => {
    const wanted = filter.value.trim().toLowerCase();
    for (const details of all) details.hidden = !details.textContent.toLowerCase().includes(wanted);
  });
  if (!navigator.clipboard) return;
  for (const details of all) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = tools.dataset.copy;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(location.href.split("#")[0] + "#" + encodeURIComponent(details.id));
      button.textContent = tools.dataset.copied;
      setTimeout(() => { button.textContent = tools.dataset.copy; }, 2000);
    });
    details.lastElementChild.append(button);
  }
})();
