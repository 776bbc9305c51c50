// Lets trained networks read on, a bite at a time, while they are looked at and nothing else is asked for.
/** @import { Desk } from "../../ui/lab.js" */

/** ms that a bite may take. */
const patience = 200;

/** @param {Pick<Desk<any>, "player" | "signal">} desk */
export function createReading({ player, signal }) {
  let busy = false;
  let bite = 1;
  const left = () => {
    const { status, experiment, playing } = player.state;
    const read = status?.tasks?.read;
    return (
      !signal.aborted && !playing && experiment?.values.view === "measured" && read && read.done < read.total
    );
  };
  return async function read() {
    if (busy || !left()) return;
    busy = true;
    try {
      while (left()) {
        const began = performance.now();
        if (!(await player.work("read", bite))) break;
        bite = Math.max(
          1,
          Math.min(16, Math.round((bite * patience) / Math.max(1, performance.now() - began))),
        );
        await new Promise((resolve) => setTimeout(resolve, 30));
      }
    } finally {
      busy = false;
    }
  };
}
