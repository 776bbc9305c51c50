// A page that nobody sees rests, and what was to play does so once somebody looks, however it came to be hidden.
import assert from "node:assert/strict";
import test from "node:test";
import { pauseWhenHidden } from "../../www/ui/habits.js";

function screen({ hidden }) {
  globalThis.document = Object.assign(new EventTarget(), { hidden });
  const player = {
    state: { playing: false },
    play: () => (player.state.playing = true),
    pause: () => (player.state.playing = false),
  };
  const show = pauseWhenHidden(player, () => {});
  const turn = (now) => {
    document.hidden = now;
    document.dispatchEvent(new Event("visibilitychange"));
  };
  return { player, show, turn };
}

test("opened unseen it plays when it is seen, and until then its address is the one it came with", () => {
  const { player, show, turn } = screen({ hidden: true });
  show.expect(true);
  assert.ok(show.unseen());
  show.play();
  assert.ok(!player.state.playing);
  // Told twice that it is hidden, it still is to play.
  turn(true);
  turn(false);
  assert.ok(player.state.playing && !show.unseen());
});

test("seen before it was ready, it plays at once", () => {
  const { player, show, turn } = screen({ hidden: true });
  show.expect(true);
  turn(false);
  show.play();
  assert.ok(player.state.playing);
});

test("what stood still still does, and another link that wants to stand is not played", () => {
  const { player, show, turn } = screen({ hidden: false });
  show.expect(false);
  turn(true);
  turn(false);
  assert.ok(!player.state.playing && !show.unseen());
  show.play();
  turn(true);
  assert.ok(!player.state.playing);
  show.expect(false);
  turn(false);
  assert.ok(!player.state.playing);
});
