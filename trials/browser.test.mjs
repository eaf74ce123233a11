// The harness itself: a good page passes, and each kind of bad page is caught.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';

import { languages, open, trial } from './browser.mjs';
import { startDemo } from './demo.mjs';

const page = (body, head = '', lang = 'en') => `<!doctype html><html lang="${lang}" dir="${lang === 'fa' ? 'rtl' : 'ltr'}"><head>
  <meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Desk</title>
  <link rel="icon" href="data:,">${head}</head><body><main><h1>Today</h1>${body}</main></body></html>`;

const pages = {
  '/good': page('<p>Nothing waits.</p><script src="/live.js"></script>'),
  '/live.js': 'new EventSource("/live");',
  '/fa': page('<p>امروز</p>', '', 'fa'),
  '/script-error': page('<script src="/broken.js"></script>'),
  '/broken.js': 'missing.thing();',
  '/inline-script': page('<script>document.title = "x"</script>'),
  '/missing-picture': page('<img src="/gone.png" alt="A tooth">'),
  '/elsewhere': page('<a href="/good">back</a><link rel="stylesheet" href="http://fonts.example/a.css">'),
  '/no-alternative': page('<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">'),
  '/wide': page('<pre>' + 'wide '.repeat(400) + '</pre>'),
};

let server;
let address;

before(async () => {
  server = createServer((request, response) => {
    const body = pages[request.url];
    response.setHeader('content-security-policy', "default-src 'self'; img-src 'self' data:; style-src 'self' http://fonts.example");
    if (request.url === '/live') {
      response.setHeader('content-type', 'text/event-stream').write(': hello\n\n');
      return;
    }
    response.statusCode = body ? 200 : 404;
    response.setHeader('content-type', request.url.endsWith('.js') ? 'text/javascript' : 'text/html; charset=utf-8');
    response.end(body ?? page('<p>Nothing is here.</p>'));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  address = `http://127.0.0.1:${server.address().port}`;
});
after(() => {
  server.closeAllConnections();
  server.close();
});

for (const theme of ['light', 'dark']) {
  trial(`a good page passes in ${theme}`, { theme }, async ({ page, check, screenshot }) => {
    await page.goto(`${address}/good`);
    await check();
    await screenshot(`harness-${theme}`);
    await page.goto(`${address}/good`);
  });
}

trial('a Persian page runs from right to left on a phone', { language: 'fa', screen: 'phone' }, async ({ page, check }) => {
  await page.goto(`${address}/fa`);
  await check();
});

trial('a page without scripts is looked at, too', { scripts: 'off' }, async ({ page, check }) => {
  await page.goto(`${address}/good`);
  await check();
});

trial('an answer that the trial is about is no fault', { expected: ['/nowhere'] }, async ({ page }) => {
  await page.goto(`${address}/nowhere`);
});

const visited = async (path, view = {}) => {
  const visit = await open(view);
  try {
    await visit.page.goto(address + path);
    await visit.page.waitForLoadState('networkidle').catch(() => {});
    const complaint = await visit.check().then(() => '', (error) => error.message);
    return { faults: visit.faults.join('\n'), complaint };
  } finally {
    await visit.context.close();
  }
};

const bad = {
  '/script-error': /script: missing is not defined/,
  '/inline-script': /console: .*Content Security Policy/i,
  '/missing-picture': /answer: 404 .*gone\.png/,
  '/elsewhere': /a page asked fonts\.example/,
};
for (const [path, fault] of Object.entries(bad)) {
  test(`${path} is caught`, async () => {
    assert.match((await visited(path)).faults, fault);
  });
}

test('a picture without words is caught', async () => {
  assert.match((await visited('/no-alternative')).complaint, /image-alt/);
});

test('a page that scrolls sideways is caught', async () => {
  assert.match((await visited('/wide', { screen: 'phone' })).complaint, /sideways/);
});

test('a page in the wrong language is caught', async () => {
  for (const language of languages.filter((language) => language !== 'en')) {
    assert.match((await visited('/good', { language })).complaint, /language of the page/);
  }
});

test('the demo is found by the address that it prints, and its panic is told', async () => {
  const pretend = 'console.error("panicked at"); console.log("Open http://127.0.0.1:4711/demo?key=abc"); setInterval(() => {}, 1000)';
  const demo = await startDemo([process.execPath, '-e', pretend]);
  assert.equal(demo.address, 'http://127.0.0.1:4711/demo?key=abc');
  await assert.rejects(demo.stop(), /the server panicked/);
  await assert.rejects(startDemo([process.execPath, '-e', 'console.error("no clinic")']), /no clinic/);
});
