// One help bubble for the whole page: a paragraph and a link, beside the button that asked.
import { away, fill, h } from "./dom.js";

/** What opens and closes the bubble: the browser's popover, or the same by hand where it has none (before Chrome 114, Firefox 125, Safari 17). @param {HTMLElement} bubble */
function opening(bubble) {
  if ("showPopover" in HTMLElement.prototype) {
    bubble.setAttribute("popover", "auto");
    return {
      open: () => bubble.showPopover(),
      close: () => bubble.hidePopover(),
      isOpen: () => bubble.matches(":popover-open"),
    };
  }
  let open = new AbortController();
  const close = () => {
    open.abort();
    bubble.hidden = true;
  };
  close();
  return {
    open(/** @type {HTMLElement} */ button) {
      close();
      bubble.hidden = false;
      open = new AbortController();
      const { signal } = open;
      document.addEventListener(
        "pointerdown",
        ({ target }) => bubble.contains(/** @type {Node} */ (target)) || close(),
        { signal },
      );
      // Before anything else hears of it: Escape closes what lies on top.
      window.addEventListener(
        "keydown",
        (event) => {
          if (event.key !== "Escape") return;
          event.stopImmediatePropagation();
          close();
          button.focus();
        },
        { signal, capture: true },
      );
    },
    close,
    isOpen: () => !bubble.hidden,
  };
}

export function createHelp() {
  const bubble = h("div", { class: "help", tabindex: "-1" });
  document.body.append(bubble);
  const { open, close, isOpen } = opening(bubble);

  /** @param {HTMLElement} button @param {{title: string, text: string, link: {title: string, href: string} | null}} what */
  function show(button, { title, text, link }) {
    fill(bubble, h("strong", {}, title), h("p", {}, text), link && h("p", {}, away(link)));
    open(button);
    const at = button.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = bubble;
    const x = Math.max(8, Math.min(at.left - width + 30, document.documentElement.clientWidth - width - 8));
    const below = at.bottom + 6 + height < innerHeight;
    bubble.style.left = `${x}px`;
    bubble.style.top = `${Math.max(8, below ? at.bottom + 6 : at.top - height - 6)}px`;
    bubble.focus({ preventScroll: true });
  }
  return { show, hide: close, isOpen };
}

/** @typedef {ReturnType<typeof createHelp>} Help */
