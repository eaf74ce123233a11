// The clinic of the demo, started for a trial: a fresh one per test file, in a temporary folder, on a free port.

import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const built = `${process.env.CARGO_TARGET_DIR ?? `${root}target`}/debug/caredesk`;
const startsWithin = 120_000;

/**
 * Gives `{ address, enter, stop }`: the address signs in whoever opens it first; `enter` takes a page to Today, signed in, however
 * often; `stop` ends the server and fails if it panicked.
 * The command line can be replaced by a test of this file.
 */
export async function startDemo(command = [process.env.CAREDESK_BINARY ?? built, 'demo', '--port', '0']) {
  const [program, ...words] = command;
  const server = spawn(program, words, { stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  let logged = '';
  const ended = new Promise((resolve) => {
    server.once('close', resolve);
    server.once('error', resolve);
  });
  server.stderr.setEncoding('utf8').on('data', (text) => { logged += text; });
  const tail = () => `${printed}\n${logged}`.trim().split('\n').slice(-20).join('\n');

  const address = await new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      server.kill('SIGKILL');
      reject(new Error(`the demo printed no address within ${startsWithin / 1000} s:\n${tail()}`));
    }, startsWithin);
    ended.then((why) => {
      clearTimeout(timer);
      reject(new Error(`the demo ended before it printed an address (${why}):\n${tail()}`));
    });
    server.stdout.setEncoding('utf8').on('data', (text) => {
      printed += text;
      const found = printed.match(/http:\/\/(127\.0\.0\.1|localhost):\d+\S*(?=\s)/);
      if (!found) return;
      clearTimeout(timer);
      resolve(found[0]);
    });
  });

  let cookies;
  const enter = async (page) => {
    if (cookies) {
      await page.context().addCookies(cookies);
      await page.goto(`${new URL(address).origin}/today`);
    } else {
      await page.goto(address);
      cookies = await page.context().cookies();
    }
    await page.waitForURL('**/today');
  };

  const stop = async () => {
    server.kill('SIGTERM');
    const timer = setTimeout(() => server.kill('SIGKILL'), 10_000);
    await ended;
    clearTimeout(timer);
    if (/panicked at/.test(logged)) throw new Error(`the server panicked:\n${logged}`);
  };
  return { address, enter, stop };
}
