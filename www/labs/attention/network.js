// What a transformer from a file needs of this lab, and what the one that ships read last and said.
import { writes } from "../../ui/weights.js";
/** @import { Experiment } from "../../types.js" */
/** @import { Player } from "../../ui/player.js" */

/** Another model's heads mix in ways that this lab does not have. @param {import("../../ui/weights.js").Header} header */
export const takes = writes;

/** A network of an exercise goes on where its link was; any other takes the place of one that ships. @param {import("../../ui/weights.js").Header} _ @param {Experiment["values"] | null} linked settings of its own link @returns {Experiment["values"]} */
export const values = (_, linked) =>
  linked?.model === "toy" ? { trained: 0 } : { model: "shakespeare", trained: 0 };

/** @param {Player} player */
export async function example({ look }) {
  const found = await look(["tokens", "next"]);
  if (!found?.tokens || !found.next) return null;
  const [tokens, next] = [found.tokens, found.next].map(({ data, shape }) => [...data.subarray(0, shape[1])]);
  return { tokens, next };
}
