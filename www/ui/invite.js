// Who opens a link to a step sees that step, and over it the way on.
import { h, icon } from "./dom.js";
/** @import { Words } from "./i18n.js" */
/** @import { Player } from "./player.js" */

/** Lies over the stage until something moves. @param {Words} words @param {Player} player @param {Element} stage */
export function invite({ t }, player, stage) {
  const { status, opened } = player.state;
  if (!status || status.at >= status.length) return;
  const { at } = status;
  const end = new AbortController();
  const button = h(
    "button",
    { type: "button", class: "button primary invite", onclick: () => player.play() },
    icon("M8 5v14l11-7z"),
    h("span", {}, t("invite")),
  );
  stage.append(button);
  player.subscribe((state) => {
    const still = !state.playing && state.opened === opened && state.status?.at === at;
    if (still && button.isConnected) return;
    end.abort();
    button.remove();
  }, end.signal);
}
