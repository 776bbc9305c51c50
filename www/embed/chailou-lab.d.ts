// What <chailou-lab> offers to a page that is written with types.

import type { Frame, Readout, Text } from "./answers.js";

export type { Frame, Readout, Text };

export interface FigureState {
  lab: string;
  /** The whole address of what stands there. */
  link: string;
  at: number;
  length: number;
  playing: boolean;
  values: Record<string, string | number>;
  readouts: Readout[];
}

export interface Place {
  at: number;
  length: number;
}

export interface Changed {
  link: string;
  /** What could not be used as it was, in a sentence each. */
  warnings: (Text & { key: string })[];
}

/**
 * Attributes: `link` (a link of Chailou or its part after "#"), `lang` (en, zh), `theme` (light, dark, auto), `controls` (player, none,
 * settings), `src` (another host of Chailou). Events: `ready`, `readouts`, `input`, `error`.
 */
export class ChailouLab extends HTMLElement {
  link: string;
  readonly value: FigureState | null;
  set(values: Record<string, string | number>): Promise<Changed>;
  get(frames?: string[]): Promise<FigureState & { frames: Frame[] }>;
  step(n?: number): Promise<Place>;
  seek(at: number): Promise<Place>;
  play(speed?: number): Promise<Place>;
  pause(): Promise<Place>;
}

/** An element with `.value` and `input` events, as `viewof` wants it. */
export function figure(
  link: string,
  attributes?: { lang?: string; theme?: string; controls?: string; src?: string },
): ChailouLab;

declare global {
  interface HTMLElementTagNameMap {
    "chailou-lab": ChailouLab;
  }
}
