// Opens many pages of a folder in Chromium, one after another, and prints what readers would meet, as JSON: for each
// page, what goes wrong there. Called by browser.py:
//   node tour.mjs PROGRAM SITE FOLDER < paths of pages as JSON, each with whether axe-core looks at it, too
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import puppeteer from "puppeteer-core";

const [program, site, folder] = process.argv.slice(2);
const pages = JSON.parse(readFileSync(0, "utf8"));
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const browser = await puppeteer.launch({
  executablePath: program,
  userDataDir: join(folder, "profile"),
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"],
});
const home = pathToFileURL(`${site}/`).href;
const found = {};
const told = (rules) => rules.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.target} ${node.failureSummary ?? ""}`));

async function visit(page, path, withAxe, faults) {
  for (const width of [360, 768, 1280]) {
    await page.setViewport({ width, height: 900 });
    if (width === 360) await page.goto(home + path, { waitUntil: "load" });
    const wider = await page.evaluate(() => document.scrollingElement.scrollWidth - innerWidth);
    if (wider > 0) faults.push(`${width}: wider by ${wider}`);
  }
  const bare = await page.evaluate(() => document.querySelectorAll("input.address:not(:has(+ button))").length);
  if (bare > 0) faults.push(`no button: ${bare} addresses cannot be copied`);
  for (const [scheme, rules] of withAxe ? [["dark", ["color-contrast"]], ["light"]] : []) {
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    const options = { preload: false, resultTypes: ["violations"], ...(rules && { runOnly: rules }) };
    const seen = await page.evaluate((options) => globalThis.axe.run(options), options);
    faults.push(...told(seen.violations).map((text) => `${scheme}: ${text}`));
  }
}

async function tour(pages, withAxe) {
  const page = await browser.newPage();
  let faults = [];
  page.on("console", (message) => faults.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => faults.push(`error: ${error}`));
  page.on("request", (request) => request.url().startsWith(home) || faults.push(`request: ${request.url()}`));
  page.on("requestfailed", (request) => faults.push(`failed: ${request.url()}`));
  if (withAxe) await page.evaluateOnNewDocument(axe);
  for (const path of pages) {
    found[path] = faults = [];
    await visit(page, path, withAxe, faults);
  }
}

try {
  await Promise.all([true, false].map((withAxe) => tour(pages.filter((one) => one[1] === withAxe).map(([path]) => path), withAxe)));
} finally {
  await browser.close();
}
console.log(JSON.stringify(found));
