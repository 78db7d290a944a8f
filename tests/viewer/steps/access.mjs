// What axe-core finds wrong for those who do not see, or use no mouse: nothing, in either theme, at rest, with a card open
// and with the help.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

export async function run(open, check) {
  const file = join(process.argv[3], "node_modules", "axe-core", "axe.min.js");
  if (!existsSync(file)) {
    check(!process.env.ATTACHE_REQUIRE_TOOLS, "axe-core is not installed");
    return "left out: axe-core is not installed";
  }
  const axe = readFileSync(file, "utf8");
  let rules = 0;
  for (const scheme of ["light", "dark"]) {
    const page = await open("small", { scheme });
    await page.evaluate(axe);
    const look = async (what) => {
      const { violations, passes } = await page.evaluate(() => window.axe.run(document));
      rules += passes.length;
      for (const { id, nodes } of violations) check(false, `${scheme}, ${what}: ${id}: ${nodes[0].html.slice(0, 200)}`);
    };
    await look("at rest");
    await page.keyboard.press("/");
    await page.keyboard.type("hatami");
    await look("names found");
    await page.keyboard.press("Enter");
    await look("a card open");
    await page.keyboard.press("Escape");
    await page.keyboard.press("?");
    await look("help");
  }
  return `${rules} rules of axe-core hold`;
}
