// The labs, in the order of the menu: one line each.
import { ddpm } from "./ddpm/lab.js";

export const labs = [ddpm];
