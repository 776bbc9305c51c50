// What stands under the pictures: what their colours mean, of which some can be chosen, and the large one in numbers.
import { percent } from "../../ui/format.js";
import { mean, ofLane } from "./lanes.js";
import { article, later } from "./published.js";
import { count, short, sixColours } from "./scene.js";
/** @import { Experiment, Text } from "../../types.js" */
/** @import { Scene } from "./scene.js" */
/** @import { Words } from "./strings.js" */

/** @typedef {"terms" | "window" | "cancel" | "family" | "tricks" | "measured" | "table"} View */
/** @import { Role } from "../../ui/figure.js" */
/** @typedef {Pick<Words, "t" | "pick"> & Record<"schemes" | "tricks", {value: string, title: Text}[]>} Spoken */

/** What the colours of the three pictures mean. @param {Spoken} spoken @param {View} view @param {Scene} scene @returns {Role[][]} */
export function roles({ t, pick, schemes, tricks }, view, { scheme, n, trained, longest, lanes }) {
  const law = /** @type {Role} */ (["ink", t("key.power")]);
  const plain = /** @type {Role[]} */ ([
    ["lane-1", t("cancel.plain")],
    ["lane-2", t("cancel.rope")],
  ]);
  const printed = /** @type {Role[]} */ ([
    ["lane-1", t("table.without")],
    ["lane-2", t("table.with")],
  ]);
  switch (view) {
    case "terms":
      return [
        [
          ["ink-soft", t("key.dots")],
          ["lane-2", t("key.mean")],
          ["ink", t("key.expected")],
        ],
        [
          ["lane-2", t("key.sum")],
          ["lane-1", t("key.integral")],
          ["ink", t("key.log")],
        ],
        [
          ["lane-2", t("key.with")],
          ["ink-soft", t("key.without")],
        ],
      ];
    case "window":
      return [
        [
          ["lane-3", t("key.tokens", { n: count(Math.min(trained, longest)) })],
          [sixColours[scheme], t("key.now", { n: count(n) })],
          ["lane-1", t("key.tokens", { n: count(longest) })],
          law,
        ],
        [[sixColours[scheme], pick(schemes[scheme].title)], law],
        [[sixColours[scheme], pick(schemes[scheme].title)], law, ["ink-soft", t("key.alike")]],
      ];
    case "cancel":
      return [[["ink", t("key.before")], ...plain], plain, plain];
    case "family":
      return [
        schemes.map(
          ({ value, title }, i) => /** @type {Role} */ ([sixColours[i], pick(title), { scheme: value }]),
        ),
        [],
        [],
      ];
    case "tricks":
      return [
        [
          ["fails", t("key.unseen")],
          ["ink", t("key.trained")],
          ...tricks.map(
            ({ value, title }, i) => /** @type {Role} */ ([sixColours[i], pick(title), { trick: value }]),
          ),
        ],
        [],
        [],
      ];
    case "measured":
      return [lanes.map(({ name, colour }) => [colour, name]), [], []];
    case "table":
      return [
        printed,
        printed,
        later.map(({ name, to, also, colour }) => {
          const ends = [to, also].flatMap((end) => end?.toFixed(2) ?? []).join(" / ");
          return /** @type {Role} */ ([colour, `${name} ${ends}`]);
        }),
      ];
  }
}

/** The large picture in numbers. @param {Spoken} spoken @param {View} view @param {Scene} scene */
export function said({ t, pick, schemes, tricks }, view, { claim, n, scheme, trick, lanes, frames }) {
  const value = (/** @type {string} */ id) => short(claim(id)?.value);
  switch (view) {
    case "terms":
      return t("said.terms", { drop: value("fourth_term_drop"), n: count(n) });
    case "window":
    case "family":
      return t("said.window", {
        scheme: pick(schemes[scheme].title),
        n: count(n),
        mass: value("window_mass"),
        entropy: value("window_entropy"),
      });
    case "cancel":
      return t("said.cancel", { rope: value("bias_effect_rope"), plain: value("bias_effect_plain") });
    case "tricks":
      return t("said.tricks", {
        trick: pick(tricks[trick].title),
        unseen: value("angles_unseen"),
        n: count(n),
      });
    case "measured": {
      const { read_to: now } = frames;
      const all = lanes.map(
        ({ name }, i) => `${name} ${now?.shape[0] ? percent(mean(ofLane(now, 0, i, lanes.length))) : "–"}`,
      );
      return t("said.measured", { n: count(n), all: all.join(", ") });
    }
    case "table":
      return t("said.table", {
        without: article.without.join(", "),
        with: article.with.join(", "),
      });
  }
}
