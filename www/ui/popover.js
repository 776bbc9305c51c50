// One help bubble for the whole page: a paragraph and a link, beside the button that asked.
import { away, fill, h } from "./dom.js";

export function createHelp() {
  const bubble = h("div", { popover: "auto", class: "help", tabindex: "-1" });
  document.body.append(bubble);

  /** @param {HTMLElement} button @param {{title: string, text: string, link: {title: string, href: string} | null}} what */
  function show(button, { title, text, link }) {
    fill(bubble, h("strong", {}, title), h("p", {}, text), link && h("p", {}, away(link)));
    bubble.showPopover();
    const at = button.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = bubble;
    const x = Math.max(8, Math.min(at.left - width + 30, document.documentElement.clientWidth - width - 8));
    const below = at.bottom + 6 + height < innerHeight;
    bubble.style.left = `${x}px`;
    bubble.style.top = `${Math.max(8, below ? at.bottom + 6 : at.top - height - 6)}px`;
    bubble.focus({ preventScroll: true });
  }
  return { show, hide: () => bubble.hidePopover() };
}

/** @typedef {ReturnType<typeof createHelp>} Help */
