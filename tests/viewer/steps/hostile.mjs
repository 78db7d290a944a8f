// What names hold is shown and never run.

export async function run(open, check) {
  const page = await open("hostile");
  check((await page.locator("h1").textContent()).includes("</script>"), "the title is text");
  check((await page.title()) !== "broken", "no script of a name runs");
  check((await page.locator("img").count()) === 0, "no tag of a name is one");
  await page.locator("#canvas").focus();
  await page.keyboard.press("ArrowRight");
  const card = await page.locator("#card h2").textContent();
  check(/<\/script>|<!--/.test(card), card);
  await page.locator("#card button.link").first().click();
  check((await page.locator("#card").textContent()).includes("toString"), "attributes of any name are shown");
}
