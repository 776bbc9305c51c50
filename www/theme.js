// Sets theme and type before the first paint; a module would come too late and flash.
(() => {
  const asked = /[#&]theme=(light|dark)\b/.exec(location.hash)?.[1];
  document.documentElement.dataset.theme =
    asked ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  if (/[#&]type=large\b/.test(location.hash)) document.documentElement.dataset.type = "large";
})();
