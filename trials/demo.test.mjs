// The demo as a visitor meets it, in English and in Persian: a day is pushed, a patient confirms, another one takes a new
// time, a third writes what the bot does not know and is answered from the desk. Nothing is reloaded to see it.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe } from 'node:test';
import { fileURLToPath } from 'node:url';

import { trial } from './browser.mjs';
import { startDemo } from './demo.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const program = process.env.CAREDESK_BINARY ?? `${process.env.CARGO_TARGET_DIR ?? `${root}target`}/debug/caredesk`;
/** A push of the clock works through a whole day, unoptimised. */
const aDay = 120_000;
const cheek = readFileSync(new URL('../crates/server/tests/it/stories/channels/pictures/cheek.jpg', import.meta.url));
const question = 'Is there a place to park two bicycles at your door?';
const answer = 'Yes, right beside the entrance.';

for (const language of ['en', 'fa']) {
  describe(`the demo in ${language}`, () => {
    let demo;
    let base;
    /** Phones that have served in a trial of this clinic. */
    const used = new Set();

    before(async () => {
      demo = await startDemo([program, 'demo', '--port', '0', '--language', language]);
      base = new URL(demo.address).origin;
    });
    after(async () => demo?.stop());

    /** Opens a phone on which the bot waits for an answer about a visit that the card shows; gives both addresses. */
    async function askedPhone(phone, desk) {
      await phone.goto(`${base}/demo/phones`);
      const rows = phone.locator('.phones li:has(.chip.wait) a');
      const addresses = await rows.evaluateAll((links) => links.map((link) => link.getAttribute('href')));
      for (const address of addresses.filter((address) => !used.has(address))) {
        used.add(address);
        await phone.goto(base + address);
        if ((await phone.locator('.bubble').last().locator('.keys button').count()) !== 4) continue;
        const patient = address.split('/').pop();
        await desk.goto(`${base}/patients/${patient}`);
        const ahead = desk.locator('li.visit.ahead a');
        if ((await ahead.count()) !== 1) continue;
        return { patient, visit: await ahead.getAttribute('href') };
      }
      throw new Error(`none of ${addresses.length} phones waits for an answer about one visit`);
    }

    const key = (phone, place) => phone.locator('.bubble').last().locator('.keys button').nth(place);

    trial(`a day is pushed and the journal fills with marks (${language})`, { language }, async ({ page, check, screenshot }) => {
      await demo.enter(page);
      await check();
      const day = await page.locator('#demo-bar .num').textContent();
      await page.locator('#demo-bar button[value="day"]').click();
      await page.waitForFunction(
        (before) => {
          const bar = document.querySelector('#demo-bar');
          return !bar.querySelector('progress') && bar.querySelector('.num').textContent !== before;
        },
        day,
        { timeout: aDay },
      );
      await page.goto(`${base}/journal`);
      await check();
      assert.ok((await page.locator('.block.good').count()) > 5, 'visits of the day are confirmed');
      await screenshot(`journal-${language}`);
    });

    trial(`a ladder is put in order, shows whom it reaches, is saved and taken back (${language})`, { language }, async ({ page, check, screenshot }) => {
      await demo.enter(page);
      await page.goto(`${base}/settings/ladder`);
      await check();
      await page.locator('form[action="/settings/ladder/rule"] button').click();
      const order = () => page.locator('[data-rungs] input[name^="channel-"]').evaluateAll((fields) => fields.map((field) => field.value).join(' '));
      const comesTo = (wanted) =>
        page.waitForFunction(
          (wanted) => [...document.querySelectorAll('[data-rungs] input[name^="channel-"]')].map((field) => field.value).join(' ') === wanted,
          wanted,
        );
      const first = await order();
      await page.locator('#channel').selectOption('sms');
      await page.locator('#add').click();
      await comesTo(`${first} sms`);
      // by the keyboard up, by the mouse down again
      await page.locator(`#up-${first.split(' ').length}`).press('Enter');
      await comesTo(first.split(' ').toSpliced(-1, 0, 'sms').join(' '));
      const rungs = page.locator('[data-rungs] > li');
      const last = (await rungs.count()) - 1;
      await rungs.nth(last - 1).locator('.rung-name').dragTo(rungs.nth(last), { targetPosition: { x: 60, y: 40 } });
      await comesTo(`${first} sms`);
      // counted anew: the first step reaches somebody
      await page.waitForFunction(() => document.querySelector('.reached meter').value > 0);
      await check();
      await screenshot(`ladder-${language}`);
      await page.locator('#minutes-0').fill('15');
      await page.locator('button[value="save"]').click();
      const saved = page.locator('ul.list a[href^="/settings/ladder/rule"]');
      await saved.waitFor();
      await check();
      await page.locator('form[action="/settings/ladder/undo"] button').click();
      await saved.waitFor({ state: 'detached' });
    });

    trial(`a tap on confirm marks the journal (${language})`, { language }, async ({ page, context, check, screenshot }) => {
      await demo.enter(page);
      const phone = await context.newPage();
      const { visit } = await askedPhone(phone, page);
      await page.goto(base + visit);
      const block = page.locator(`#visit-${new URL(page.url()).searchParams.get('visit')}`);
      await block.waitFor();
      assert.doesNotMatch(await block.getAttribute('class'), /\bgood\b/, 'not confirmed yet');
      await key(phone, 0).click();
      await phone.locator('.bubble').last().locator('.keys').waitFor({ state: 'detached' });
      await page.waitForFunction((id) => document.getElementById(id)?.classList.contains('good'), await block.getAttribute('id'));
      await check();
      await screenshot(`confirmed-${language}`);
      await screenshot(`phone-${language}`, phone);
    });

    trial(`another time moves the visit (${language})`, { language }, async ({ page, context, screenshot }) => {
      await demo.enter(page);
      const phone = await context.newPage();
      const { patient, visit } = await askedPhone(phone, page);
      await page.goto(base + visit);
      const block = page.locator(`#visit-${new URL(page.url()).searchParams.get('visit')}`);
      await block.waitFor();
      const bubbles = await phone.locator('.bubble').count();
      await key(phone, 1).click();
      await phone.locator('.bubble').nth(bubbles + 1).waitFor();
      await key(phone, 0).click();
      await block.waitFor({ state: 'detached' });
      await page.goto(`${base}/patients/${patient}`);
      assert.notEqual(await page.locator('li.visit.ahead a').first().getAttribute('href'), visit, 'the card shows the new time');
      await screenshot(`moved-${language}`);
    });

    trial(`a visit that the clinic cancels is told on the phone (${language})`, { language }, async ({ page, context, check, screenshot }) => {
      await demo.enter(page);
      const phone = await context.newPage();
      const { visit } = await askedPhone(phone, page);
      await page.goto(base + visit);
      await page.locator('#visit-panel .folds summary.danger').click();
      await page.locator('#cancel-reason').selectOption('clinic');
      const bubbles = await phone.locator('.bubble').count();
      await page.locator('#visit-panel button.danger').click();
      await page.locator('.main > .notice').getByText(/\S/).waitFor();
      assert.equal(new URL(page.url()).searchParams.get('done'), null, 'looking again says it no more');
      await check();
      await phone.locator('.bubble').nth(bubbles).waitFor();
      assert.equal(await phone.locator('.bubble').last().locator('.keys button').count(), 2, 'another time, or a person');
      await screenshot(`cancelled-${language}`);
    });

    trial(`keys act by their place, close what is open and can be switched off (${language})`, { language }, async ({ page, check, screenshot }) => {
      await demo.enter(page);
      await page.goto(`${base}/inbox?tab=all`);
      // on a Cyrillic or Persian keyboard
      const press = (key, code) => page.evaluate(([key, code]) => {
        document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key, code, bubbles: true, cancelable: true }));
      }, [key, code]);
      const at = () => page.evaluate(() => [...document.querySelectorAll('[data-rows] a[href]')].indexOf(document.activeElement));
      await press('о', 'KeyJ');
      await press('ت', 'KeyJ');
      assert.equal(await at(), 1);
      await page.locator('[data-rows] a[href]').nth(4).focus();
      await press('л', 'KeyK');
      assert.equal(await at(), 3, 'from where the person is, not from where the keys were');
      assert.equal(await page.locator('[data-at]').count(), 1);

      await page.keyboard.press('?');
      await page.locator('#keys-sheet').waitFor();
      await check();
      await screenshot(`keys-${language}`);
      await page.locator('#keys-letters').uncheck();
      await page.keyboard.press('Escape');
      await page.reload();
      await press('о', 'KeyJ');
      assert.equal(await at(), -1, 'single letters are switched off');
      await page.keyboard.press('Control+k');
      assert.equal(await page.evaluate(() => document.activeElement.id), 'find', 'what needs Ctrl stays');
      await page.evaluate(() => localStorage.clear());

      await page.locator('.top .menu summary').click();
      await page.keyboard.press('Escape');
      assert.equal(await page.locator('.top .menu[open]').count(), 0);
      assert.equal(await page.evaluate(() => document.activeElement.matches('.top .menu summary')), true, 'back where it was opened');
    });

    trial(`words that the bot does not know are answered at the desk (${language})`, { language }, async ({ page, context, check, screenshot }) => {
      await demo.enter(page);
      const phone = await context.newPage();
      const { patient } = await askedPhone(phone, page);
      await page.goto(`${base}/inbox`);
      const waiting = await page.locator('.conversation-row, [data-rows] a').count();
      await phone.locator('#phone-text').fill(question);
      await phone.locator('#phone-text').press('Enter');
      await page.waitForFunction((before) => document.querySelectorAll('.conversation-row, [data-rows] a').length > before, waiting);
      await page.goto(`${base}/patients/${patient}`);
      await page.locator('a[href^="/inbox/"]').first().click();
      await page.getByText(question).first().waitFor();
      await check();
      await screenshot(`inbox-${language}`);
      await page.locator('#composer-text').fill(answer);
      const insist = page.locator('#composer input[name="insist"]');
      if (await insist.count()) await insist.check();
      await page.locator('#composer button.main').click();
      await phone.getByText(answer).waitFor();
      await page.getByText(answer).first().waitFor();

      // a picture from the telephone stands in the open thread, and one goes back beside an answer
      const picture = (name) => ({ name, mimeType: 'image/jpeg', buffer: cheek });
      await phone.locator('#phone-file').setInputFiles(picture('cheek.jpg'));
      await phone.locator('.phone-say button.main').click();
      const came = page.locator('.msg.in .picture img');
      await came.waitFor();
      await page.waitForFunction(() => document.querySelector('.msg.in .picture img').naturalWidth > 0);
      assert.equal(await came.getAttribute('alt'), 'cheek.jpg');
      await page.waitForFunction(() => {
        const talk = document.querySelector('#talk');
        return talk.scrollHeight - talk.scrollTop - talk.clientHeight < 80;
      });
      await check();
      await page.locator('#composer-file').setInputFiles(picture('x-ray.jpg'));
      if (await insist.count()) await insist.check();
      await screenshot(`picture-${language}`);
      await page.locator('#composer button.main').click();
      await page.locator('.msg.out .picture img').waitFor();
      await phone.getByText('x-ray.jpg').waitFor();
      const opened = page.context().waitForEvent('page');
      await came.click();
      assert.match((await opened).url(), /\/messages\/msg_[^/]+\/files\/0$/);
    });
  });
}
