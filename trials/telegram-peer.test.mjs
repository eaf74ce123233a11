// The Telegram peer carries words, buttons and taps both ways, by polling and by webhook.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';

const token = '1000001:a-token-of-thirty-five-characters';
const anna = { id: 501, first_name: 'Anna', is_bot: false };
const chat = { id: 501, type: 'private', first_name: 'Anna' };

let peer;
let url;

before(async () => {
  peer = spawn(process.execPath, [new URL('telegram-peer.mjs', import.meta.url).pathname], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: peer.stdout });
  const { value: line } = await lines[Symbol.asyncIterator]().next();
  ({ url } = JSON.parse(line));
});

after(() => peer.kill());

const post = async (path, body) => {
  const answer = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: answer.status, ...(await answer.json()) };
};
const bot = (method, body = {}) => post(`/bot${token}/${method}`, body);

test('a word of the patient reaches the polling bot once', async () => {
  await post('/sendMessage', { botToken: token, from: anna, chat, date: 1_795_000_000, text: 'Да' });
  const { result } = await bot('getUpdates', { timeout: 0 });
  assert.equal(result.length, 1);
  assert.equal(result[0].message.text, 'Да');
  assert.equal(result[0].message.from.id, 501);
  assert.deepEqual((await bot('getUpdates')).result, []);
});

test('a button of the bot reaches the patient, and the tap comes back', async () => {
  const reply_markup = { inline_keyboard: [[{ text: 'Confirm', callback_data: 'confirm:vis_1' }]] };
  const sent = await bot('sendMessage', { chat_id: 501, text: 'Tomorrow at 9:00', reply_markup });
  assert.ok(sent.ok && sent.result.message_id > 0);

  const { result } = await post('/getUpdates', { token, chatId: 501 });
  const button = result[0].message.reply_markup.inline_keyboard[0][0];
  assert.equal(button.text, 'Confirm');
  const message = { message_id: result[0].messageId, chat, date: 1_795_000_000, text: result[0].message.text };
  await post('/sendCallback', { botToken: token, from: anna, message, data: button.callback_data });

  const [tap] = (await bot('getUpdates')).result;
  assert.equal(tap.callback_query.data, 'confirm:vis_1');
  assert.equal(tap.callback_query.message.message_id, sent.result.message_id);
  assert.equal((await bot('answerCallbackQuery', { callback_query_id: tap.callback_query.id })).ok, true);

  await bot('editMessageText', { chat_id: 501, message_id: sent.result.message_id, text: 'Confirmed' });
  const history = (await post('/getUpdatesHistory', { token })).result;
  assert.ok(history.some((entry) => entry.message?.text === 'Confirmed'));
});

test('a webhook is called with the secret that it was set with', async () => {
  let called;
  const call = new Promise((resolve) => { called = resolve; });
  const hook = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => { body += chunk; });
    request.on('end', () => { response.end(); called({ headers: request.headers, update: JSON.parse(body) }); });
  });
  await new Promise((resolve) => hook.listen(0, '127.0.0.1', resolve));
  const address = `http://127.0.0.1:${hook.address().port}/hooks/telegram`;
  await bot('setWebhook', { url: address, secret_token: 'a-secret' });
  await post('/sendMessage', { botToken: token, from: anna, chat, date: 1_795_000_000, text: '/start abc' });
  const { headers, update } = await call;
  hook.close();
  assert.equal(headers['x-telegram-bot-api-secret-token'], 'a-secret');
  assert.equal(update.message.text, '/start abc');

  // A hook that is gone costs that update and nothing else.
  await post('/sendMessage', { botToken: token, from: anna, chat, date: 1_795_000_000, text: 'lost' });
  await bot('deleteWebhook');
  await post('/sendMessage', { botToken: token, from: anna, chat, date: 1_795_000_000, text: 'here again' });
  assert.deepEqual((await bot('getUpdates')).result.map(({ message }) => message.text), ['here again']);
});

test('a method that it does not know is refused', async () => {
  assert.equal((await bot('sendDocument', { chat_id: 501 })).status, 500);
});
