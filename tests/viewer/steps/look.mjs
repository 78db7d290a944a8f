// Finding, opening, filtering, focusing, and the address that brings a view back.

export async function run(open, check) {
  const page = await open("small");
  const status = () => page.locator("#status").textContent();
  const whole = await status();
  check(/^\d+ nodes, \d+ relations shown$/.test(whole), whole);

  await page.keyboard.press("/");
  await page.keyboard.type("hatami");
  check((await page.locator("#found li").first().textContent()).includes("Amir Hatami"), "the name is found");
  await page.keyboard.press("Enter");
  check((await page.locator("#card h2").textContent()) === "Amir Hatami", "its card opens");
  check((await page.locator("#card").textContent()).includes("defence minister"), "with its attributes");

  await page.locator("#card button.link", { hasText: "accused" }).first().click();
  const quote = page.locator("#card blockquote").first();
  check((await quote.locator("code").count()) === 1, "the rule is named");

  const report = await open("report");
  await report.locator("#canvas").focus();
  await report.keyboard.press("ArrowRight");
  check(await report.locator("#card h2").isVisible(), "the arrow keys go to a node");
  await report.keyboard.press("/");
  await report.keyboard.type("pia lund");
  await report.keyboard.press("Enter");
  await report.locator("#card button.link", { hasText: "met" }).first().click();
  const marks = await report.locator("#card blockquote").first().locator("mark").allTextContents();
  check(marks.length === 2 && marks.some((mark) => mark.includes("Pia Lund")), `both ends are marked: ${marks}`);

  const facts = await report.locator("#card article dl").first().textContent();
  check(facts.includes("independent sources") && facts.includes("documents"), `sources stand beside documents: ${facts}`);
  await report.locator("#card h2 button", { hasText: "Pia Lund" }).click();
  const offices = await report.locator("#card").textContent();
  check(/Offices.*foreign minister, Norway.*1 document/s.test(offices), `offices over time: ${offices}`);

  await page.locator("#card h2 button").first().click();
  await page.keyboard.press("Escape");
  check(await page.locator("#card").isHidden(), "Escape closes the card");

  const only = page.locator("#relations .row", { hasText: "accused" }).first();
  await only.hover();
  await only.locator(".only").click();
  const few = await status();
  check(few !== whole && few.includes(" of "), `a filter hides: ${few}`);
  await page.waitForTimeout(400);
  const hash = await page.evaluate(() => location.hash);
  const again = await open("small", { hash, scheme: "dark" });
  check((await again.locator("#status").textContent()) === few, "the address brings the view back");
  await again.locator("#reset").click();
  check((await again.locator("#status").textContent()) === whole, "and everything can be shown again");

  await again.keyboard.press("/");
  await again.keyboard.type("hatami");
  await again.keyboard.press("Enter");
  await again.keyboard.press("f");
  check((await again.locator("#focus").textContent()).includes("Amir Hatami, 1 step around"), "the neighbourhood alone");
  await again.keyboard.press("ArrowRight");
  await again.keyboard.press("Enter");
  check(await again.evaluate(() => document.activeElement.id === "card"), "Enter goes into the card");
}
