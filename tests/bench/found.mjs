// Where a package lies that is not this project's: seen from here, from another folder, or from a folder of NODE_PATH.
import fs from "node:fs";
import module from "node:module";
import path from "node:path";
import process from "node:process";

/** The folder of the package `name`, if it is anywhere. @param {string} name @param {string[]} [also] folders to look from, too */
export function found(name, also = []) {
  const named = (process.env.NODE_PATH ?? "").split(":").filter(Boolean);
  const places = [process.cwd(), ...also, ...named].map((place) => path.resolve(place, "x.js"));
  const folders = places.flatMap((place) => module.createRequire(place).resolve.paths(name) ?? []);
  return folders
    .map((folder) => path.join(folder, name))
    .find((folder) => fs.existsSync(path.join(folder, "package.json")));
}
