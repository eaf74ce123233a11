// The clinic seen through a real browser: pages opened in a language, on a screen, in a theme, with everything that went
// wrong on the way kept as a fault. A trial fails on any fault, whatever else it asserts.
//
//   trial('Anna confirms on her phone', { language: 'fa', screen: 'phone' }, async ({ page, check, screenshot }) => {
//     await page.goto(address);
//     await check();                 // WCAG 2.2 AA, no sideways scroll, language and direction of the page
//     await screenshot('anna-fa');   // target/screenshots/anna-fa.png
//   });

import assert from 'node:assert/strict';
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { chromium } from 'playwright-core';

import { options } from './chromium.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const pictures = `${process.env.CARGO_TARGET_DIR ?? `${root}target`}/screenshots`;

export const languages = ['en', 'ru', 'hu', 'fa'];
export const screens = {
  desk: { width: 1366, height: 768 },
  tablet: { width: 1024, height: 768 },
  phone: { width: 360, height: 740 },
};

let browser;
const launched = () => (browser ??= chromium.launch(options));
after(async () => (await browser)?.close());

/** A named test in a context of its own. `scripts: 'off'` shows what works without JavaScript. */
export function trial(name, view, run) {
  test(name, async (t) => {
    const visit = await open(view);
    try {
      await run(visit);
    } catch (error) {
      await visit.screenshot(`failed-${name.replaceAll(/\W+/g, '-')}`).catch(() => {});
      if (visit.faults.length > 0) t.diagnostic(`faults on the way: ${visit.faults.join('; ')}`);
      throw error;
    } finally {
      await visit.context.close();
    }
    assert.deepEqual(visit.faults, [], 'the browser met faults');
  });
}

/** Opens a context with one page. Prefer `trial`, which also closes it and fails on faults. */
export async function open({ language = 'en', screen = 'desk', theme = 'light', scripts = 'on', expected = [] } = {}) {
  assert.ok(languages.includes(language) && screen in screens, `no ${language} ${screen}`);
  const context = await (await launched()).newContext({
    locale: language,
    viewport: screens[screen],
    hasTouch: screen !== 'desk',
    colorScheme: theme,
    reducedMotion: 'reduce',
    javaScriptEnabled: scripts === 'on',
    serviceWorkers: 'block',
  });
  context.setDefaultTimeout(15_000);
  const faults = [];
  context.on('page', (page) => watch(page, expected, faults));
  const page = await context.newPage();
  return {
    context,
    page,
    faults,
    check: (of = page) => check(of, { language, scripts }),
    screenshot: (name, of = page) => screenshot(of, name),
  };
}

/** `expected`: paths whose answer of 400 and above, or whose failure, is what the trial is about. */
function watch(page, expected, faults) {
  const isExpected = (url) => expected.includes(new URL(url).pathname);
  // Broken promises of the content security policy come as console errors, too.
  page.on('console', (message) => {
    if (message.type() === 'error' && !isExpected(message.location().url || page.url())) {
      faults.push(`console: ${message.text()}`);
    }
  });
  page.on('pageerror', (error) => faults.push(`script: ${error.message}`));
  page.on('requestfailed', (request) => {
    // Leaving a page ends its live updates and what it was still loading.
    const reason = request.failure()?.errorText;
    if (reason !== 'net::ERR_ABORTED' && !isExpected(request.url())) faults.push(`request: ${request.url()} ${reason}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400 && !isExpected(response.url())) {
      faults.push(`answer: ${response.status()} ${response.url()}`);
    }
  });
  page.on('request', (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (protocol.startsWith('http') && !['127.0.0.1', 'localhost'].includes(hostname)) {
      faults.push(`a page asked ${hostname}`);
    }
  });
}

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** What every page owes every reader. Without scripts in the page, axe cannot run and the rest still does. */
async function check(page, { language, scripts }) {
  const html = page.locator('html');
  assert.equal(await html.getAttribute('lang'), language, 'language of the page');
  assert.equal(await html.getAttribute('dir') ?? 'ltr', language === 'fa' ? 'rtl' : 'ltr', 'direction of the page');
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(sideways <= 0, `the page scrolls sideways by ${sideways} px`);
  if (scripts === 'off') return;
  await page.evaluate(axe);
  // what a page does well is neither told at length nor brought over: that took half of the time
  const violations = await page.evaluate(async (values) => {
    const found = await window.axe.run(document, { runOnly: { type: 'tag', values }, resultTypes: ['violations'] });
    return found.violations;
  }, wcag);
  const told = violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
  assert.deepEqual(told, [], 'WCAG 2.2 AA');
}

async function screenshot(page, name) {
  await mkdir(pictures, { recursive: true });
  await page.screenshot({ path: `${pictures}/${name}.png`, animations: 'disabled' });
}
