// Sets theme, type, language and lab before the first paint: a module would come too late and flash, or leave the words unseen.
(() => {
  const asked = (/** @type {string} */ key) =>
    new RegExp(`[#&]${key}=([\\w-]+)`).exec(location.hash)?.[1] ?? root.dataset[key] ?? "";
  // The page of a lab says which, and in which language.
  const root = document.documentElement;
  const theme = asked("theme");
  root.dataset.theme =
    theme === "light" || theme === "dark"
      ? theme
      : matchMedia("(prefers-color-scheme: dark)").matches
        ? "dark"
        : "light";
  root.dataset.asked = asked("lab");
  // A figure in somebody else's page.
  if (asked("embed")) root.dataset.embed = asked("embed");
  const language = [asked("lang"), ...navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase())].find(
    (tag) => tag === "en" || tag === "zh",
  );
  root.lang = language === "zh" ? "zh-Hans" : "en";
  /** ms after which what stands in for the lab is shown: on a quick line the lab itself is there by then. */
  const quick = 600;
  const left = quick - performance.now();
  if (left <= 0) return;
  root.dataset.quick = "";
  setTimeout(() => delete root.dataset.quick, left);
  if (asked("type") === "large") root.dataset.type = "large";
})();
