// What the engine answers, in types: to a page that holds a figure, and to a program.

export interface Text {
  en: string;
  zh: string;
}
export interface Frame {
  name: string;
  /** Of the numbers, row by row: the last index runs fastest. */
  shape: number[];
  data: Float32Array;
}
export interface Readout {
  id: string;
  title: Text;
  value: number | null;
  expected: number | null;
  tolerance: number | null;
  relation: "equals" | "below" | "above";
  unit: string;
  verdict: "holds" | "fails" | "open";
  note: Text;
}
