// Somebody rings: the card comes up on every open page, says who it is, takes nobody's focus, and goes when the call is over.
// The exchange is UIS, connected on its page and told from here through its real address.

import assert from 'node:assert/strict';
import { after, before, describe } from 'node:test';

import { trial } from './browser.mjs';
import { startDemo } from './demo.mjs';

for (const language of ['en', 'fa']) {
  describe(`the telephone in ${language}`, () => {
    let demo;
    let base;
    let door;
    let patient;
    let number;
    let call = 0;

    before(async () => {
      demo = await startDemo([process.env.CAREDESK_BINARY ?? `${process.env.CARGO_TARGET_DIR ?? 'target'}/debug/caredesk`, 'demo', '--port', '0', '--language', language]);
      base = new URL(demo.address).origin;
    });
    after(async () => demo?.stop());

    async function tells(mnemonic, phone) {
      const body = JSON.stringify({ notification_mnemonic: mnemonic, call_session_id: call, direction: 'in', contact_phone_number: phone });
      const answer = await fetch(base + door, { method: 'POST', body });
      assert.equal(answer.status, 200);
    }

    trial('the exchange is connected, with what has to be copied to it', { language }, async ({ page: desk, check, screenshot }) => {
      await demo.enter(desk);
      await desk.goto(`${base}/settings`);
      await desk.fill('#public_url', 'https://desk.mosoly.example');
      await desk.locator('form:has(#public_url) button.main').first().click();
      await desk.locator('main > .notice').waitFor();
      await desk.goto(`${base}/settings/channels/new/telephone`);
      await desk.selectOption('#field-provider', 'uis');
      await check();
      await screenshot(`phone-new-${language}`);
      await desk.locator('form:has(#field-provider) button.main').click();
      await desk.locator('#template').waitFor();
      assert.match(await desk.inputValue('#template'), /\{\{call_session_id\}\}/);
      const hook = new URL(await desk.inputValue('#hook'));
      door = `${hook.pathname}/${await desk.inputValue('#copied-1')}`;
      await check();
      await screenshot(`phone-settings-${language}`);
      // somebody with a number of their own
      await desk.goto(`${base}/patients`);
      const cards = await desk.locator('a[href^="/patients/pat_"]').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
      for (const card of cards) {
        await desk.goto(base + card);
        const found = (await desk.locator('li.contact bdi[dir=ltr]').allTextContents()).map((text) => text.trim()).find((text) => text.startsWith('+'));
        if (found) {
          [patient, number] = [card, found.replace(/\D/g, '')];
          return;
        }
      }
      throw new Error(`none of ${cards.length} patients has a number`);
    });

    for (const [screen, theme] of language === 'en' ? [['desk', 'light'], ['phone', 'dark']] : [['desk', 'dark'], ['phone', 'light']]) {
      trial(`on the ${screen} in ${theme} who rings is seen on every page until it is over`, { language, screen, theme }, async (visit) => {
        const { page: desk, context, check, screenshot } = visit;
        await demo.enter(desk);
        const other = await context.newPage();
        await other.goto(`${base}/settings/me`);
        await desk.bringToFront();
        const find = desk.locator('#find');
        await find.focus();
        call += 1;
        await tells('in_call', number);
        const card = desk.locator('#ringing .ring');
        await card.waitFor();
        await other.locator('#ringing .ring').waitFor();
        assert.equal(await card.locator(`a[href="${patient}"]`).count() > 0, true);
        assert.equal(await find.evaluate((element) => document.activeElement === element), true, 'the focus stays where it was');
        assert.equal(await desk.locator('#ringing').getAttribute('role'), 'status');
        await check();
        await screenshot(`phone-rings-${language}-${screen}-${theme}`);
        await tells('call_talk_started', number);
        await card.waitFor({ state: 'detached' });
        await tells('call_finished', number);

        // of somebody unknown, missed
        call += 1;
        await tells('in_call', '36209876543');
        await card.waitFor();
        await check();
        await screenshot(`phone-unknown-${language}-${screen}-${theme}`);
        await tells('lost_call', '36209876543');
        await card.waitFor({ state: 'detached' });
        await desk.goto(`${base}/today`);
        await desk.locator('li.task bdi', { hasText: '+36 20 987 6543' }).first().waitFor();
        await check();
        await screenshot(`phone-today-${language}-${screen}-${theme}`);
        await desk.goto(base + patient);
        await check();
        await screenshot(`phone-card-${language}-${screen}-${theme}`);
      });
    }
  });
}
