// Opens pages in Chromium and runs every steps/*.mjs over them: `run(open, check)` in each, where `open(name)` gives the
// page of that name. What a page asks of the network, and what it complains of, fails the run.

import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const [folder, modules] = process.argv.slice(2);
const { chromium } = createRequire(resolve(modules, "node_modules", "viewer.js"))("playwright-core");
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
let failures = 0;

function check(holds, what) {
  if (holds) return;
  failures += 1;
  console.log(`FAILED: ${what}`);
}

async function open(name, { hash = "", scheme = "light", width = 1280, height = 800 } = {}) {
  const page = await browser.newPage({ viewport: { width, height }, colorScheme: scheme, acceptDownloads: true });
  page.on("pageerror", (error) => check(false, `${name}: ${error.stack}`));
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && check(false, `${name}: ${message.text()}`));
  page.on("request", (request) => check(/^(file|blob|data):/.test(request.url()), `${name} asks for ${request.url()}`));
  await page.goto(`file://${join(folder, name)}.html${hash}`);
  await page.waitForFunction(() => /shown|relation/.test(document.getElementById("status").textContent));
  return page;
}

for (const file of readdirSync(join(here, "steps")).filter((name) => name.endsWith(".mjs")).sort()) {
  const before = failures;
  try {
    const { run } = await import(join(here, "steps", file));
    const said = await run(open, check);
    console.log(`${file}: ${failures === before ? "ok" : "FAILED"}${said ? `, ${said}` : ""}`);
  } catch (error) {
    check(false, `${file}: ${error.stack.slice(0, 1500)}`);
  }
  for (const context of browser.contexts()) await context.close();
}
await browser.close();
process.exit(failures ? 1 : 0);
