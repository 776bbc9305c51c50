// What the labels of each data set stand for; the place in the list is the label.
/** @import { Text } from "../../types.js" */

const digits = Array.from({ length: 10 }, (_, digit) => ({ en: String(digit), zh: String(digit) }));
const buildings = [
  { en: "house", zh: "房屋" }, { en: "tower", zh: "钟楼" }, { en: "pagoda", zh: "宝塔" }, { en: "factory", zh: "工厂" },
  { en: "bridge", zh: "桥" }, { en: "temple", zh: "神殿" }, { en: "castle", zh: "城堡" }, { en: "skyscraper", zh: "摩天楼" },
  { en: "lighthouse", zh: "灯塔" }, { en: "windmill", zh: "风车" },
];
/** @type {Record<string, Text[]>} */
const classes = { digits, buildings };

/** @param {string | number | undefined} data */
export const classesOf = (data) => classes[String(data)] ?? digits;

/** What a value of the setting `label` is called; null if the schema's own words will do. @param {string | number} value @param {Record<string, string | number>} values @returns {Text | null} */
export const labelName = (value, { data }) => classesOf(data)[Number(value)] ?? null;
