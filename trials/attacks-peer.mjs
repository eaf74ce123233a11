// A real browser that looks at pages of the clinic and tells everything that should not be: a script that ran, one that the policy
// had to forbid, a request to another host. Asked in one piece of JSON on standard input, answers in another.

import { chromium } from 'playwright-core';

import { options } from './chromium.mjs';

let asked = '';
for await (const piece of process.stdin) asked += piece;
const { origin, cookie, paths } = JSON.parse(asked);

const browser = await chromium.launch(options);
const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, reducedMotion: 'reduce', serviceWorkers: 'block' });
context.setDefaultTimeout(20_000);
await context.addCookies([{ name: 'desk', value: cookie, url: origin }]);

/** Opens the pages one after the other, and says what went wrong on the way, and how many scripts could be read as words. */
async function look(paths) {
  const faults = [];
  let at = '';
  let seen = 0;
  const page = await context.newPage();
  page.on('dialog', async (dialog) => {
    faults.push(`${at}: a script ran`);
    await dialog.dismiss();
  });
  page.on('pageerror', (error) => faults.push(`${at}: a script ran into ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`${at}: ${message.text()} ${message.location().url}`);
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(origin) && !request.url().startsWith('data:')) faults.push(`${at}: asked ${request.url()}`);
  });
  for (const path of paths) {
    at = path;
    await page.goto(origin + path, { waitUntil: 'domcontentloaded' });
    seen += await page.evaluate(() => document.body.textContent.split('alert(1)').length - 1);
  }
  // what the last one still loads
  await page.waitForLoadState('load');
  await page.close();
  return { faults, seen };
}

const { faults, seen } = await look(paths);
const bare = (await look(['/control/bare'])).faults;
const guarded = (await look(['/control/guarded'])).faults;
console.log(JSON.stringify({ faults, seen, pages: paths.length, bare, guarded }));
await browser.close();
