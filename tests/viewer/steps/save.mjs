// Pictures, the graph, and the patch of corrections.

import { readFileSync } from "node:fs";

export async function run(open, check) {
  const page = await open("small");
  const saved = async (act) => {
    const [download] = await Promise.all([page.waitForEvent("download"), act()]);
    return [download.suggestedFilename(), readFileSync(await download.path())];
  };
  const menu = (id) => async () => {
    await page.locator(".menu summary").click();
    await page.locator(id).click();
  };
  const [, svg] = await saved(menu("#save-svg"));
  const shapes = await page.evaluate((text) => {
    const parsed = new DOMParser().parseFromString(text, "image/svg+xml");
    return [parsed.querySelectorAll("parsererror").length, parsed.querySelectorAll("path").length, parsed.querySelectorAll("text").length];
  }, svg.toString());
  check(shapes[0] === 0 && shapes[1] > 10 && shapes[2] > 3, `the SVG holds ${shapes}`);
  const [, png] = await saved(menu("#save-png"));
  check(png.subarray(1, 4).toString() === "PNG" && png.length > 5000, "the PNG is one");
  const [, json] = await saved(menu("#save-json"));
  check(JSON.parse(json).format === "attache-graph", "the JSON is the graph");

  await page.keyboard.press("/");
  await page.keyboard.type("hatami");
  await page.keyboard.press("Enter");
  await page.locator("#card button.link", { hasText: "accused" }).first().click();
  await page.locator("#card button", { hasText: "This is wrong" }).first().click();
  await page.locator("#card h2 button").first().click();
  await page.locator("#card button", { hasText: "Never the same as…" }).click();
  await page.keyboard.type("united");
  await page.keyboard.press("Enter");
  await page.locator("#corrections").click();
  const [name, patch] = await saved(() => page.locator("#save-patch").click());
  const text = patch.toString();
  check(name === "patch.toml" && text.includes("[[wrong]]") && text.includes("[[never_same]]"), text);
  check(text.includes('relation = "accused"') && /names = \[".*", ".*"\]/.test(text), text);
}
