// What goes on the saved picture: the head that is kept, whatever the pointer is over, and where it stands.
import { hiddenIn, workedCells } from "./gaze.js";
import { seen, viewName } from "./maps.js";
import { poster } from "./poster.js";
import { sentence } from "./twin.js";
/** @import { Desk } from "../../ui/lab.js" */
/** @import { Gaze } from "./gaze.js" */
/** @import { Span } from "./span.js" */
/** @import { Words } from "./strings.js" */

/** @param {Desk<Words>} desk @param {Gaze} gaze @param {Span} span what of the map is on the sheet @param {import("../../views/imprint.js").Imprint} imprint */
export function plate({ player, words, schema, palette }, gaze, span, imprint) {
  const { t } = words;
  const { frames, status, experiment } = player.state;
  const { layer, head } = gaze.kept();
  const [text, view, list] = [gaze.read(), gaze.view(), gaze.list()];
  const { token, cell } = gaze.focus.shown(text.length);
  const map = seen(frames, view, layer, head) ?? { weights: new Float32Array(0), size: 0 };
  const at = { at: status?.at ?? 0, length: status?.length ?? 0 };
  return poster({
    drawing: {
      map,
      span,
      token,
      cell,
      locked: true,
      ...workedCells(list, layer, head, map.size),
      scale: view === "difference" ? palette().signed : palette().shade,
      hidden: hiddenIn(list, text.length),
    },
    text,
    said: sentence(t, { map, text, view, layer, head, token, cell }),
    words,
    schema,
    palette: palette(),
    imprint,
    lines: [
      [
        t("map.title", { layer, head }),
        t(viewName[view]),
        t("time.at", at),
        `${t("block.seed")} ${experiment?.values.seed}`,
      ].join(" · "),
    ],
    name: `chailou-attention-layer${layer}-head${head}-step${at.at}.png`,
  });
}
