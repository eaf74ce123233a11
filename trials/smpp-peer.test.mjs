// The SMS centre lets in whom it knows, names what it takes, and says what it has to deliver until it is acknowledged.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { after, before, test } from 'node:test';

const smpp = createRequire(import.meta.url)('smpp');

let peer;
let started;

before(async () => {
  peer = spawn(process.execPath, [new URL('smpp-peer.mjs', import.meta.url).pathname], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: peer.stdout });
  const { value: line } = await lines[Symbol.asyncIterator]().next();
  started = JSON.parse(line);
});

after(() => peer.kill());

const post = async (path, body = {}) => {
  const answer = await fetch(`${started.url}${path}`, { method: 'POST', body: JSON.stringify(body) });
  return answer.json();
};
const asked = (line, command, fields) => new Promise((done) => line[command](fields, done));
const opened = () =>
  new Promise((done) => {
    const line = smpp.connect({ host: '127.0.0.1', port: started.port }, () => done(line));
  });

test('whoever does not know the password stays outside', async () => {
  const line = await opened();
  const answer = await asked(line, 'bind_transceiver', { system_id: 'clinic7', password: 'wrong' });
  assert.equal(answer.command_status, smpp.ESME_RINVPASWD);
  line.destroy();
});

test('a message is named, refused on demand, and its receipt is said until it is acknowledged', async () => {
  const bind = { system_id: 'clinic7', password: 's3cretpw' };
  const first = await opened();
  assert.equal((await asked(first, 'bind_transceiver', bind)).command_status, 0);
  const message = { source_addr: 'Mosoly', destination_addr: '36309876543', short_message: 'Szép napot' };
  await post('/mood', { status: smpp.ESME_RTHROTTLED });
  assert.equal((await asked(first, 'submit_sm', message)).command_status, smpp.ESME_RTHROTTLED);
  assert.equal((await asked(first, 'submit_sm', message)).message_id, '7B3F00A1');
  assert.equal((await post('/seen')).seen[0].text, 'Szép napot');

  const heard = (line) => new Promise((done) => line.once('deliver_sm', done));
  const unanswered = heard(first);
  await post('/receipt', { stat: 'DELIVRD', in: 'decimal' });
  assert.match((await unanswered).short_message.message, /^id:2067726497 .* stat:DELIVRD /);
  await new Promise((done) => first.destroy(done));

  const second = await opened();
  const again = heard(second);
  await asked(second, 'bind_transceiver', bind);
  second.send((await again).response());
  // what is asked after the acknowledgement is answered after it
  await asked(second, 'enquire_link', {});
  assert.equal((await post('/seen')).waiting, 0);
  second.destroy();
});
