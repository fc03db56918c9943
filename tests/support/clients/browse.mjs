// Opens a page in Chromium, and prints what a reader would meet, as JSON. Called by browser.py:
//   node browse.mjs PROGRAM PAGE FOLDER
// In FOLDER stand then light.png, dark.png, narrow.png (360 px wide) and paper.pdf.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import puppeteer from "puppeteer-core";

const [program, page_, folder] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const browser = await puppeteer.launch({
  executablePath: program,
  userDataDir: join(folder, "profile"),
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});
const seen = { console: [], requests: [], wider: {}, axe: {} };
try {
  const page = await browser.newPage();
  page.on("console", (message) => seen.console.push(message.text()));
  page.on("pageerror", (error) => seen.console.push(String(error)));
  page.on("request", (request) => seen.requests.push(request.url()));
  await page.setViewport({ width: 1200, height: 900 });
  await page.goto(`file://${page_}`, { waitUntil: "load" });
  seen.title = await page.title();
  seen.ran = await page.evaluate(() => Boolean(globalThis.ran));
  seen.scripts = await page.evaluate(() => [...document.scripts].map((script) => script.type));
  seen.data = await page.evaluate(() => JSON.parse(document.querySelector('script[type="application/ld+json"]')?.textContent ?? "null"));
  seen.buttons = await page.evaluate(() => document.querySelectorAll("button").length);
  seen.headings = await page.evaluate(() => [...document.querySelectorAll("tbody th[scope=row]")].map((cell) => cell.innerText));
  seen.maps = await page.evaluate(() => [...document.querySelectorAll(".world-map")].some((map) => map.clientHeight > 200));
  for (const scheme of ["light", "dark"]) {
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    await page.evaluate(axe);
    const found = await page.evaluate(() => globalThis.axe.run({ preload: false }));
    const told = (rules, mark) =>
      rules.flatMap((rule) => rule.nodes.map((node) => `${mark}${rule.id}: ${node.target} ${node.failureSummary ?? ""}`));
    seen.axe[scheme] = [...told(found.violations, ""), ...told(found.incomplete, "unsure ")];
    seen.checked = found.passes.length;
    await page.screenshot({ path: join(folder, `${scheme}.png`), fullPage: true });
  }
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: "light" }]);
  for (const width of [360, 768, 1200]) {
    await page.setViewport({ width, height: 800 });
    seen.wider[width] = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (width === 360) await page.screenshot({ path: join(folder, "narrow.png"), fullPage: true });
  }
  await page.setViewport({ width: 1200, height: 900 });
  await page.pdf({ path: join(folder, "paper.pdf"), preferCSSPageSize: true, printBackground: true });
} finally {
  await browser.close();
}
console.log(JSON.stringify(seen));
