// The engine of Chailou for programs that are written with types.

import type { Frame, Readout, Text } from "../www/embed/answers.js";

export type { Frame, Readout, Text };

export interface Experiment {
  lab: string;
  values: Record<string, string | number>;
  at: number | null;
  check: string | null;
  [input: string]: unknown;
}
export interface Status {
  at: number;
  length: number;
  computed: number;
  tasks: Record<string, { done: number; total: number }>;
  [key: string]: unknown;
}

/** An experiment that runs. */
export interface Run {
  readonly experiment: Experiment;
  /** What of the link could not be used as it was. */
  readonly warnings: (Text & { key: string })[];
  readonly status: Status;
  readonly at: number;
  readonly length: number;
  step(n?: number): Promise<Status>;
  seek(at: number): Promise<Status>;
  /** Goes on with a task beside the timeline, training or measuring. */
  work(task: string, n?: number): Promise<Status>;
  /** What is looked at: another sample, another head, other settings of the view. */
  select(selection: object): Promise<Status>;
  frames(...names: string[]): Promise<Record<string, Frame>>;
  readouts(): Promise<Readout[]>;
  /** The fragment of a link to this step, with the fingerprint of what stands there. */
  link(): Promise<string>;
  fingerprint(): Promise<string>;
  close(): Promise<void>;
}

/** Opens a link, whole or its part after "#", at the step that it names. */
export function open(link: string): Promise<Run>;

export interface Parameter {
  key: string;
  title: Text;
  help: Text;
  [key: string]: unknown;
}
export interface Schema {
  v: number;
  common: Parameter[];
  labs: { id: string; title: Text; line: Text; question: Text }[];
  lab: { id: string; title: Text; parameters: Parameter[]; [key: string]: unknown };
  [key: string]: unknown;
}
/** All labs by their heads and one of them whole: every parameter with its range, default and meaning. */
export function schema(lab?: string): Promise<Schema>;
