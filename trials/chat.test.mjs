// The chat on a foreign website, in a real browser: a second server on another port is the website, the demo is the clinic.
// A visitor writes, sends pictures, loses the network, goes to another page, and is answered from the desk; another one asks to be
// called.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { after, before, describe } from 'node:test';

import { trial } from './browser.mjs';
import { startDemo } from './demo.mjs';

const cheek = readFileSync(new URL('../crates/server/tests/it/stories/channels/pictures/cheek.jpg', import.meta.url));
const plan = Buffer.from('%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\n%%EOF');
const file = (name, mimeType, buffer) => ({ name, mimeType, buffer });
const words = {
  en: { write: 'Your message', attach: 'Add a picture or a PDF', hello: 'Do you have time on Friday?', title: 'A quiet practice', text: 'We look after teeth.' },
  fa: { write: 'پیام شما', attach: 'افزودن عکس یا PDF', hello: 'جمعه وقت دارید؟', title: 'کلینیک آرام', text: 'مراقب دندان‌های شما هستیم.' },
};
const answer = 'Yes, at ten: https://smile.example/map';

for (const language of ['en', 'fa']) {
  describe(`the chat on a foreign website in ${language}`, () => {
    let demo;
    let base;
    let website;
    let origin;
    let line;
    /** What fails without a network. */
    const unreached = [];
    const said = words[language];

    // Styles that would spoil the chat, if they came in; and none of the chat's must come out.
    const page = (path) => `<!doctype html><html lang="${language}" dir="${language === 'fa' ? 'rtl' : 'ltr'}"><head><meta charset="utf-8">
      <meta name="viewport" content="width=device-width"><title>${said.title}</title><link rel="icon" href="data:,">
      <style>* { letter-spacing: .3em } div, button, p, textarea { color: #808 !important; border: 9px solid #808; font-size: 40px } main * { all: revert }
        body { margin: 3rem; font: 18px/1.6 serif; background: #fff; color: #222 }</style></head>
      <body><main><h1>${said.title}</h1><p>${said.text}</p><a href="${path === '/' ? '/prices' : '/'}">${path}</a></main>${line}</body></html>`;

    before(async () => {
      demo = await startDemo([process.env.CAREDESK_BINARY ?? `${process.env.CARGO_TARGET_DIR ?? 'target'}/debug/caredesk`, 'demo', '--port', '0', '--language', language]);
      base = new URL(demo.address).origin;
      website = createServer((request, response) => {
        response.setHeader('content-type', 'text/html; charset=utf-8');
        response.setHeader('content-security-policy', `default-src 'none'; script-src ${base}; connect-src ${base}; style-src 'unsafe-inline'; img-src data:`);
        response.end(page(request.url));
      });
      await new Promise((resolve) => website.listen(0, '127.0.0.1', resolve));
      origin = `http://127.0.0.1:${website.address().port}`;
    });
    after(async () => {
      website?.closeAllConnections();
      website?.close();
      await demo?.stop();
    });

    trial('the clinic names its website and copies the line', { language }, async ({ page: desk, check, screenshot }) => {
      await demo.enter(desk);
      await desk.goto(`${base}/settings/channels`);
      await desk.locator('a[href^="/settings/channels/acc_"]', { hasText: 'mosoly.example' }).click();
      await desk.fill('#field-origins', `https://mosoly.example, ${origin}`);
      await desk.locator('form:has(#field-origins) button.main').click();
      await desk.locator('main > .notice').waitFor();
      line = await desk.inputValue('#embed');
      assert.match(line, new RegExp(`^<script src="${base}/chat.js" data-account="acc_\\w+" async></script>$`));
      const account = line.match(/acc_\w+/)[0];
      unreached.push(...['say', 'file', 'follow', 'begin'].map((act) => `/chat/${account}/${act}`));
      await check();
      await screenshot(`chat-settings-${language}`);
    });

    for (const [screen, theme] of [['desk', 'light'], ['desk', 'dark'], ['phone', 'light'], ['phone', 'dark']]) {
      trial(`on the ${screen} in ${theme} a visitor is answered, over pages and a lost network`, { language, screen, theme, expected: unreached }, async (visit) => {
        const { page: visitor, context, check, screenshot } = visit;
        await visitor.goto(`${origin}/`);
        const chat = visitor.locator('caredesk-chat');
        const launch = chat.locator('.launch');
        await launch.waitFor();
        await check();
        await screenshot(`chat-closed-${language}-${screen}-${theme}`);
        // by keyboard alone
        await visitor.locator('main a').focus();
        await visitor.keyboard.press('Tab');
        await visitor.keyboard.press('Enter');
        const text = chat.getByLabel(said.write, { exact: true });
        await text.waitFor();
        assert.equal(await text.evaluate((element) => element.getRootNode().activeElement === element), true);
        const style = await chat.locator('.panel').evaluate((element) => {
          const { fontSize, letterSpacing, borderTopWidth } = getComputedStyle(element);
          return { fontSize, letterSpacing, borderTopWidth };
        });
        assert.equal(style.fontSize, '15px');
        assert.notEqual(style.borderTopWidth, '9px');
        await check();
        await screenshot(`chat-empty-${language}-${screen}-${theme}`);

        const first = `${said.hello} ${screen} ${theme}`;
        await visitor.keyboard.type(first);
        await visitor.keyboard.press('Enter');
        await chat.locator('.line.you small:not(.failed)', { hasText: /[\d۰-۹]/ }).waitFor();

        // what is chosen is looked at before it goes; what cannot go says why, and can be taken back
        const tray = chat.locator('.tray li');
        const picker = visitor.waitForEvent('filechooser');
        await chat.getByLabel(said.attach).click();
        await (await picker).setFiles([file('cheek.jpg', 'image/jpeg', cheek), file('notes.docx', 'application/msword', plan)]);
        // pasted from the clipboard, or dropped
        await text.evaluate((element, bytes) => {
          const clipboardData = new DataTransfer();
          clipboardData.items.add(new File([new Uint8Array(bytes)], 'plan.pdf', { type: 'application/pdf' }));
          element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
        }, [...plan]);
        await tray.nth(2).waitFor();
        await tray.nth(0).locator('canvas').waitFor();
        assert.equal(await chat.locator('.tray .failed').count(), 1);
        await check();
        await screenshot(`chat-chosen-${language}-${screen}-${theme}`);
        await tray.nth(1).locator('.drop').click();
        assert.equal(await tray.count(), 2);
        await text.focus();

        // without a network nothing is said to be sent, and nothing is lost
        await context.setOffline(true);
        await visitor.keyboard.type(`${first} 2`);
        await visitor.keyboard.press('Enter');
        await chat.locator('small.failed').waitFor();
        await tray.locator('.again').nth(1).waitFor();
        await text.fill('draft');
        await check();
        await screenshot(`chat-offline-${language}-${screen}-${theme}`);
        await context.setOffline(false);
        await chat.locator('small.failed').waitFor({ state: 'detached' });
        await tray.first().waitFor({ state: 'detached' });

        await visitor.locator('main a').evaluate((link) => link.click());
        await visitor.waitForURL('**/prices');
        await chat.locator('.panel').waitFor();
        // what was said comes with the first answer of the desk
        await chat.locator('.line.you').nth(3).waitFor();
        assert.deepEqual(await chat.locator('.line.you').evaluateAll((lines) => lines.map((line) => line.querySelector('.picture, .paper')?.className)),
          [undefined, undefined, 'picture', 'paper']);
        assert.equal(await chat.getByLabel(said.write, { exact: true }).inputValue(), 'draft');

        await chat.getByLabel(said.write, { exact: true }).fill(`${first} 3`);
        await visitor.keyboard.press('Enter');
        await chat.locator('.line.you').nth(4).locator('small:not(.failed)', { hasText: /[\d۰-۹]/ }).waitFor();

        const desk = await context.newPage();
        await demo.enter(desk);
        await desk.goto(`${base}/inbox?tab=all`);
        await desk.locator('a.thread-row', { hasText: first }).first().click();
        // on a telephone the list with its preview is hidden behind the thread
        await desk.getByText(`${first} 2`).filter({ visible: true }).first().waitFor();
        await desk.locator('.msg.in .picture img').first().waitFor();
        await desk.locator('#composer-text').fill(answer);
        await desk.locator('#composer-file').setInputFiles(file('tooth.jpg', 'image/jpeg', cheek));
        const insist = desk.locator('#composer input[name="insist"]');
        if (await insist.count()) await insist.check();
        await desk.locator('#composer button.main').click();
        await visitor.bringToFront();
        const heard = chat.locator('.line.person', { hasText: 'https://smile.example/map' });
        await heard.waitFor();
        assert.equal(await heard.locator('.words a').getAttribute('href'), 'https://smile.example/map');
        // the page itself loads no picture: its policy would not let it
        await visitor.waitForFunction(() => [...document.querySelector('caredesk-chat').shadowRoot.querySelectorAll('.picture canvas')].filter((canvas) => canvas.width === 64).length === 2);
        const opened = await context.request.get(await heard.locator('.picture').getAttribute('href'));
        assert.deepEqual([opened.status(), opened.headers()['content-type']], [200, 'image/jpeg']);
        await check();
        await screenshot(`chat-answered-${language}-${screen}-${theme}`);
        await visitor.keyboard.press('Escape');
        await desk.close();
      });

      trial(`on the ${screen} in ${theme} a visitor asks to be called`, { language, screen, theme }, async ({ page: visitor, check, screenshot }) => {
        await visitor.goto(`${origin}/`);
        const chat = visitor.locator('caredesk-chat');
        await chat.locator('.launch').click();
        await chat.locator('.chips button').click();
        await chat.locator('.main').click();
        assert.notEqual(await chat.locator('#name-fault').textContent(), '');
        await chat.locator('#name').fill('Zita Kis');
        await chat.locator('#phone').fill('+36 30 765 4321');
        await chat.locator('#at').selectOption({ index: 1 });
        await check();
        await screenshot(`chat-call-${language}-${screen}-${theme}`);
        await chat.locator('#consent').check();
        await chat.locator('.main').click();
        await chat.locator('.done').waitFor();
        await check();
        await chat.locator('.main').click();
        await chat.locator('.line.you', { hasText: 'Zita Kis' }).waitFor();
        await chat.locator('.line.bot').waitFor();
        await screenshot(`chat-called-${language}-${screen}-${theme}`);
      });
    }

    trial('the website of the demo has the chat on it', { language }, async ({ page: visitor, check, screenshot }) => {
      await visitor.goto(`${base}/demo/website`);
      await visitor.locator('caredesk-chat .launch').click();
      await visitor.locator('caredesk-chat .panel').waitFor();
      await check();
      await screenshot(`chat-demo-${language}`);
    });
  });
}
