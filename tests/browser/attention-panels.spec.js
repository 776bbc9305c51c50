// The attention lab's panels as a visitor uses them: prompt, next character, surgery, training, and notes that act.
import { expect, experiment, test } from "./lab.js";

/** @typedef {import("@playwright/test").Page} Page */
// Short, so that the CPU engine on a slow machine takes no time over it.
const small = "v=1&lab=attention&tokens=6&prompt=ROMEO%3A";
const toy = "v=1&lab=attention&model=toy&tokens=4";
const box = (/** @type {Page} */ page) => page.getByRole("textbox", { name: "Prompt", exact: true });
const region = (/** @type {Page} */ page, /** @type {string} */ name) =>
  page.getByRole("region", { name, exact: true });
const bars = (/** @type {Page} */ page) => region(page, "The next character");
const surgery = (/** @type {Page} */ page) => region(page, "Surgery");
const school = (/** @type {Page} */ page) => region(page, "The model");
const first = (/** @type {Page} */ page) => bars(page).getByRole("listitem").first().getByRole("button");

test("what is typed is read after a pause, the box keeps the hand, and unknown characters are named", async ({
  lab,
  page,
}) => {
  await lab.open(`${small}&at=0`);
  await expect(box(page)).toHaveValue("ROMEO:");
  await expect(region(page, "Prompt").getByText("6 of 256 characters")).toBeVisible();
  await box(page).press("End");
  await page.keyboard.type(" café");
  await lab.addressHas({ prompt: "ROMEO: café" });
  await expect(box(page)).toBeFocused();
  await expect(box(page)).toHaveValue("ROMEO: café");
  await expect(region(page, "Prompt").getByText(/é/)).toBeVisible();
  await expect(region(page, "Prompt").getByText("11 of 256 characters")).toBeVisible();
  await page.keyboard.type("!");
  await page.keyboard.press("Control+Enter");
  await expect.poll(async () => (await experiment(page)).prompt).toBe("ROMEO: café!");
  await region(page, "Prompt").getByRole("combobox", { name: "Pick a prompt" }).selectOption("JULIET: ⏎ ");
  await expect(box(page)).toHaveValue("JULIET:\n");
});

test("what an input method composes is not taken before it stands, however long it takes", async ({
  lab,
  page,
}) => {
  await page.goto(`/#${small}&at=0`);
  const box = page.getByRole("textbox", { name: "Prompt" });
  await lab.standsAt(0);
  await box.fill("");
  await lab.addressHas({ prompt: "" });
  const hand = await page.context().newCDPSession(page);
  await hand.send("Input.imeSetComposition", { text: "ni hao", selectionStart: 6, selectionEnd: 6 });
  await page.waitForTimeout(1200);
  expect(new URL(page.url()).hash).not.toMatch(/ni/);
  await expect(box).toHaveValue("ni hao");
  await hand.send("Input.insertText", { text: "my lord" });
  await lab.addressHas({ prompt: "my lord" });
});

test("far too much text is read from its end, and the page says so", async ({ lab, page }) => {
  await lab.open(`${small}&at=0`);
  await box(page).fill("so long lives this ".repeat(5000));
  await box(page).press("Control+Enter");
  await expect(region(page, "Prompt").getByText(/of which the model reads the last 250/)).toBeVisible();
  await expect.poll(async () => (await experiment(page)).prompt?.length).toBe(1024);
});

test("temperature and top-k act on the bars at once and are in the link when let go", async ({
  lab,
  page,
}) => {
  await lab.open(`${small}&at=0`);
  await expect(bars(page).getByText("65 of 65 characters may be drawn.")).toBeVisible();
  const before = (await first(page).textContent()) ?? "";
  const heat = /** @type {{x: number, y: number, width: number, height: number}} */ (
    await bars(page).getByRole("slider", { name: "Temperature" }).boundingBox()
  );
  await page.mouse.move(heat.x + 0.4 * heat.width, heat.y + heat.height / 2);
  await page.mouse.down();
  await page.mouse.move(heat.x + 0.9 * heat.width, heat.y + heat.height / 2, { steps: 4 });
  await expect(first(page)).not.toHaveText(before);
  expect(new URL(page.url()).hash).not.toContain("temperature");
  await page.mouse.up();
  await expect.poll(async () => Number((await experiment(page)).values.temperature)).toBeGreaterThan(1.5);
  await bars(page).getByRole("textbox", { name: "Top-k, exact value" }).fill("3");
  await page.keyboard.press("Enter");
  await expect(bars(page).getByText("3 of 65 characters may be drawn.")).toBeVisible();
  await expect(bars(page).getByRole("button", { name: /excluded/ })).toHaveCount(7);
  await lab.addressHas({ top_k: 3 });
});

test("a bar that is pressed is written, and the model goes on from there", async ({ lab, page }) => {
  await lab.open(`${small}&at=2`);
  const name = (await first(page).getAttribute("title")) ?? "";
  await first(page).click();
  await expect.poll(async () => (await experiment(page)).prompt?.length).toBe(9);
  await lab.standsAt(0);
  const { prompt } = await experiment(page);
  expect(prompt.startsWith("ROMEO:")).toBe(true);
  const said =
    { "\n": "line break", " ": "space" }[/** @type {"\n"} */ (prompt.at(-1))] ?? `‘${prompt.at(-1)}’`;
  expect(name.startsWith(`${said}:`)).toBe(true);
});

test("interventions are added, said, measured, taken back and undone", async ({ lab, page }) => {
  await lab.open(`${small}&at=6`);
  await expect(surgery(page).getByText(/Nothing is changed/)).toBeVisible();
  await surgery(page).getByText("Add by hand").click();
  const what = surgery(page).getByRole("combobox", { name: "What to do" });
  await what.selectOption({ label: "Let it see a window only" });
  await surgery(page).getByRole("spinbutton", { name: "width" }).fill("1");
  await surgery(page).getByRole("button", { name: "Add", exact: true }).click();
  await expect(surgery(page).getByText("everywhere: sees itself alone")).toBeVisible();
  // A model that sees one character at a time is more surprised, by the same text.
  await expect(surgery(page).getByText(/nats a character \(\+(?!0\.000)\d/)).toBeVisible();
  await what.selectOption({ label: "Switch a layer off" });
  await surgery(page).getByRole("combobox", { name: "part" }).selectOption({ label: "MLP" });
  await surgery(page).getByRole("button", { name: "Add", exact: true }).click();
  await expect(surgery(page).getByText("layer 1: MLP off")).toBeVisible();
  await expect
    .poll(async () => (await experiment(page)).surgery)
    .toEqual([
      { op: "window", layer: 0, head: 0, width: 1 },
      { op: "layer", layer: 1, part: "mlp" },
    ]);
  await surgery(page).getByRole("button", { name: "Remove: everywhere: sees itself alone" }).click();
  await expect
    .poll(async () => (await experiment(page)).surgery)
    .toEqual([{ op: "layer", layer: 1, part: "mlp" }]);
  await expect(surgery(page).getByRole("button", { name: "Remove: layer 1: MLP off" })).toBeFocused();
  await surgery(page).getByRole("button", { name: "Remove all" }).click();
  await expect(surgery(page).getByText(/Nothing is changed/)).toBeVisible();
  await page.getByRole("button", { name: "Undo (Ctrl+Z)" }).click();
  await expect(surgery(page).getByText("layer 1: MLP off")).toBeVisible();
  // Two changes of one kind in quick succession are one to undo: what is back may be more than the last.
  await expect
    .poll(async () => (await experiment(page)).surgery)
    .toContainEqual({ op: "layer", layer: 1, part: "mlp" });
  await page.reload();
  await lab.standsAt(6, 30_000);
  await expect(surgery(page).getByText("layer 1: MLP off")).toBeVisible();
});

test("the toy is trained by ones and tens, the link knows it, and it starts anew", async ({ lab, page }) => {
  await lab.open(`${small}&at=0`);
  await school(page).getByRole("combobox", { name: "Model" }).selectOption("Trained here");
  await expect(school(page).getByText("training steps: 0").first()).toBeVisible();
  await school(page).getByRole("button", { name: "Train 10 more" }).click();
  await expect(school(page).getByText("training steps: 10").first()).toBeVisible({ timeout: 30_000 });
  await school(page).getByRole("button", { name: "Train 1 more" }).click();
  await lab.addressHas({ model: "toy", trained: 11 });
  await expect(school(page).getByRole("img", { name: /Loss curve up to training step 11/ })).toBeVisible();
  const { surgery: list, prompt } = await experiment(page);
  expect([list, prompt]).toEqual([[], null]);
  await school(page).getByRole("button", { name: "Rewind" }).click();
  await lab.addressHas({ trained: null });
  await expect(school(page).getByText("training steps: 0").first()).toBeVisible();
});

test("own text in Chinese becomes an alphabet and a model of it", async ({ lab, page }) => {
  await lab.open(`${toy}&at=0`);
  await school(page).getByRole("combobox", { name: "Task" }).selectOption({ label: "Your text" });
  const text = "千里之行，始于足下。合抱之木，生于毫末；九层之台，起于累土。".repeat(4);
  await school(page).getByRole("textbox", { name: "Your own text" }).fill(text);
  await expect(school(page).getByText(/^120 of 12000 characters, \d\d different$/)).toBeVisible();
  await school(page).getByRole("button", { name: "Train on this text" }).click();
  // It said so: it trains. The link follows when it rests.
  await expect(
    school(page)
      .getByText(/^training steps: [1-9]/)
      .first(),
  ).toBeVisible({ timeout: 30_000 });
  await school(page).getByRole("button", { name: "Pause training" }).click();
  await expect.poll(async () => (await experiment(page)).text).toBe(text);
  await expect(box(page)).toHaveValue(/^千里之行/);
  await expect(first(page)).toHaveAccessibleName(/Write it after the text$/);
  await expect(page.getByText(/There is no text of yours yet/)).toHaveCount(0);
});

test("a phrase of the notes operates, or goes to what it shows and leads back to the text", async ({
  lab,
  page,
}) => {
  await lab.open(`${small}&at=0`);
  await lab.notes.getByRole("button", { name: "Let every position see itself alone" }).click();
  await expect(surgery(page).getByText("everywhere: sees itself alone")).toBeAttached({ timeout: 30_000 });
  await expect
    .poll(async () => (await experiment(page)).surgery)
    .toEqual([{ op: "window", layer: 0, head: 0, width: 1 }]);
  const phrase = lab.notes.getByRole("button", { name: "watch the guess ripen" });
  await phrase.click();
  await expect(region(page, "Logit lens").getByRole("heading")).toBeInViewport();
  await expect.poll(async () => (await experiment(page)).surgery).toEqual([]);
  await expect(box(page)).toHaveValue("ROMEO:\n");
  await page.getByRole("button", { name: "Back to the text" }).click();
  await expect(phrase).toBeInViewport();
  await expect(phrase).toBeFocused();
});

test("the lens says what each depth would write, and a cell of a head is written out", async ({
  lab,
  page,
}) => {
  await lab.open(`${small}&at=3`);
  const lens = region(page, "Logit lens");
  await expect(lens.getByRole("row")).toHaveCount(6);
  await expect(lens.getByRole("rowheader").last()).toHaveText("layer 4, the last");
  const stages = region(page, "One head, step by step");
  await stages.getByRole("group").focus();
  await page.keyboard.press("ArrowLeft");
  const said = async () =>
    /Row (\d+).*column (\d+)/
      .exec((await stages.getByRole("heading", { level: 3 }).textContent()) ?? "")
      ?.slice(1)
      .map(Number);
  await expect.poll(said).toBeTruthy();
  const [row, column] = /** @type {number[]} */ (await said());
  await page.keyboard.press("ArrowUp");
  await expect.poll(said).toEqual([row - 1, column]);
  await lab.standsAt(3);
  await expect(stages.getByText(/These 32 products sum to/)).toBeVisible();
});
