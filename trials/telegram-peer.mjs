// A Telegram that was not written here: the npm package `telegram-test-api` on the loopback, for stories that must pass
// through the real Bot API. It prints one JSON line, {"port":41234,"url":"http://127.0.0.1:41234"}, and lives as long as
// its standard input stays open, so that it never outlives the test that started it.
//
//   node trials/telegram-peer.mjs [port]
//
// The bot's side, GET or POST, JSON or form (no multipart), under /bot<token>/:
//   getMe, sendMessage, editMessageText, editMessageReplyMarkup, deleteMessage, answerCallbackQuery, getUpdates,
//   setWebhook, deleteWebhook. Any token is good. Every other method answers 500 {"message":".."}.
//   - sendMessage gives {"ok":true,"result":{message_id, date (milliseconds!), chat:{id,..}, text, reply_markup, and
//     whatever was sent}} without `from`; it never answers 403, 429 or 'chat not found'.
//   - answerCallbackQuery, setWebhook and both edits give {"ok":true,"result":null} where Telegram says true; the callback
//     id is not looked at.
//   - getUpdates answers at once: `offset`, `limit` and `timeout` are not read, and an update is handed out once. With a
//     webhook set, updates go there instead, once: an answer other than 2xx loses them and is told on standard error.
//
// The patient's side, POST with JSON:
//   /sendMessage   {"botToken","from":{"id","first_name","is_bot":false},"chat":{"id","type":"private"},"date","text"}
//                  becomes update.message as it stands, with a message_id; further fields (contact, reply_to_message,
//                  voice) pass through.
//   /sendCommand   the same with "entities":[{"type":"bot_command","offset":0,"length":6}]
//   /sendCallback  {"botToken","from":{..},"message":{message_id,chat,date,text},"data"} becomes update.callback_query;
//                  its `message` is the one given here, so take it from getUpdates below.
//   /getUpdates    {"token","chatId"} gives what the bot wrote to that chat since the last call:
//                  [{messageId, updateId, time, isRead, message:{chat_id, text, reply_markup:{inline_keyboard}}}]
//   /getUpdatesHistory {"token"} gives both sides in order, edits applied.
//
// One thing is added here, because Telegram does it and the package does not: a webhook that was set with a `secret_token`
// is called with the header X-Telegram-Bot-Api-Secret-Token.

import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { TelegramServer } = require('telegram-test-api/lib/telegramServer.js');
const axios = require(require.resolve('axios', { paths: [require.resolve('telegram-test-api')] }));

const HOUR_IN_SECONDS = 3600;

const peer = new TelegramServer({ host: '127.0.0.1', storeTimeout: HOUR_IN_SECONDS });
// The package takes a missing port for 9000; 0 lets the system choose, without a race.
peer.config.port = Number(process.argv[2] ?? 0);

axios.interceptors.request.use((request) => {
  const webhook = Object.values(peer.webhooks).find(({ url }) => url === request.url);
  if (webhook?.secret_token) {
    request.headers['X-Telegram-Bot-Api-Secret-Token'] = webhook.secret_token;
  }
  return request;
});

// The package does not wait for its webhook calls, so a refusal surfaces here.
process.on('unhandledRejection', (error) => console.error(`telegram-peer: ${error?.message ?? error}`));

await peer.start();
const { port } = peer.server.address();
console.log(JSON.stringify({ port, url: `http://127.0.0.1:${port}` }));

process.stdin.resume();
process.stdin.once('close', () => process.exit(0));
