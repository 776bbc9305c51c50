// What a hand holds on a drawing: a real button, dragged, pushed by the arrow keys, perhaps taken away.

/** @type {Record<string, [number, number]>} */
const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

/** Where an arrow key points, right and up; null: another key. @param {KeyboardEvent} event */
export const arrow = ({ key }) => ways[key] ?? null;

/**
 * @param {HTMLElement} button
 * @param {object} on
 * @param {(event: PointerEvent) => void} [on.begin]
 * @param {(event: PointerEvent) => void} on.slide on the way
 * @param {(event: PointerEvent) => void} on.drop let go
 * @param {(last: PointerEvent) => void} [on.cancel] torn from the hand, last seen there; it is dropped there, unless said
 * @param {(way: [number, number], far: boolean) => void} on.push by an arrow key, right and up
 * @param {() => void} [on.remove] by Delete
 */
export function holdable(button, { begin, slide, drop, cancel = drop, push, remove }) {
  /** @type {PointerEvent | null} */
  let last = null;
  // The page's own keys leave the arrows alone here.
  button.dataset.keys = "";
  button.addEventListener("pointerdown", (event) => {
    event.stopPropagation();
    button.setPointerCapture(event.pointerId);
    last = event;
    begin?.(event);
  });
  button.addEventListener("pointermove", (event) => {
    if (!last) return;
    last = event;
    slide(event);
  });
  /** @param {(event: PointerEvent) => void} done @param {PointerEvent} event */
  const end = (done, event) => {
    if (!last) return;
    last = null;
    done(event);
  };
  button.addEventListener("pointerup", (event) => end(drop, event));
  // Such an event knows no place.
  for (const torn of /** @type {const} */ (["pointercancel", "lostpointercapture"]))
    button.addEventListener(torn, () => last && end(cancel, last));
  button.addEventListener("keydown", (event) => {
    const way = arrow(event);
    if (way) push(way, event.shiftKey);
    else if (remove && (event.key === "Delete" || event.key === "Backspace")) remove();
    else return;
    event.preventDefault();
  });
  return { isHeld: () => last !== null };
}
