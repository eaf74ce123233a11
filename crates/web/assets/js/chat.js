// The clinic's chat on its own website: a shadow root of its own, a thread kept in this browser, no cookies, no dependencies.
//   <script src="https://desk.example/chat.js" data-account="acc_..." async></script>
// May be added: data-lang, data-side="start|end", data-shade="light|dark", data-greeting, data-open="yes".
(async () => {
const script = document.currentScript;
const wish = script.dataset;
const lang = wish.lang || document.documentElement.lang || navigator.language;
const base = new URL(`chat/${wish.account}`, script.src).href;
const shelf = `caredesk-chat-${wish.account}`;

// The token, the draft, what is unsent. Other tabs write it, too.
let kept = { queue: [] };
const load = () => {
  try { kept = { queue: [], ...JSON.parse(localStorage.getItem(shelf)) }; } catch { /* not kept */ }
};
const keep = (change) => {
  load();
  kept = { ...kept, ...change };
  try { localStorage.setItem(shelf, JSON.stringify(kept)); } catch { /* not kept */ }
};
load();

const pause = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));
const newKey = () => crypto.randomUUID();

async function ask(path, body, signal) {
  const headers = { ...(body && { 'content-type': 'application/json' }), ...(kept.token && { authorization: `Bearer ${kept.token}` }) };
  const answer = await fetch(base + path, {
    method: body ? 'POST' : 'GET', headers, body: body && JSON.stringify(body), credentials: 'omit', referrerPolicy: 'no-referrer',
    signal: signal ?? AbortSignal.timeout(20_000),
  });
  if (answer.ok) return answer.json();
  const said = await answer.json().catch(() => ({}));
  throw { status: answer.status, code: said.code, at: said.at, after: Number(answer.headers.get('retry-after')) };
}

// A browser without a token that the clinic knows gets one.
async function told(path, body, by = ask) {
  for (let again = 0; ; again += 1) {
    load();
    if (!kept.token) keep({ token: (await ask('/begin', { lang })).token });
    try {
      return await by(path, body);
    } catch (error) {
      if (error.status !== 401 || again) throw error;
      keep({ token: undefined });
    }
  }
}

const make = (tag, props = {}, ...inside) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (name.startsWith('on')) made.addEventListener(name.slice(2), value);
    else if (value !== undefined && value !== false) made.setAttribute(name, value === true ? '' : value);
  }
  made.append(...inside.filter((piece) => piece != null));
  return made;
};
const icon = (path) => {
  const space = 'http://www.w3.org/2000/svg';
  const drawn = document.createElementNS(space, 'svg');
  const line = document.createElementNS(space, 'path');
  drawn.setAttribute('viewBox', '0 0 24 24');
  drawn.setAttribute('aria-hidden', 'true');
  line.setAttribute('d', path);
  drawn.append(line);
  return drawn;
};
const look = await ask(`?lang=${encodeURIComponent(lang)}`).catch(() => {});
if (!look) return;
const say = look.says;
const host = make('caredesk-chat');
const root = host.attachShadow({ mode: 'open' });
const sheet = new CSSStyleSheet();
sheet.replaceSync(look.style);
root.adoptedStyleSheets = [sheet];
let standing = look.standing;
let lines = [];
let cursor = '';
let got = null;
let waiting;
const shown = new Map();

const state = make('p', { class: 'standing' });
const log = make('div', { class: 'log', role: 'log', tabindex: '0', 'aria-label': say.label });
const greeting = make('p', { class: 'greeting', dir: 'auto' }, wish.greeting ?? look.greeting);
log.append(greeting);
const trouble = make('p', { class: 'trouble', role: 'status' });
const text = make('textarea', { rows: 1, maxlength: 2000, 'aria-label': say.write, placeholder: say.write, dir: 'auto' });
text.value = kept.draft ?? '';
const callBack = make('button', { type: 'button', class: 'chip', onclick: () => turn('call') }, say.call);
const book = look.booking && make('a', { class: 'chip', href: look.booking, target: '_blank', rel: 'noopener' }, say.book);
const write = make('form', { class: 'write', onsubmit: send }, text,
  make('button', { class: 'send', 'aria-label': say.send }, icon('M4 12l16-8-6 16-3-6z')));
const talk = make('div', { class: 'talk' }, log, trouble, make('div', { class: 'chips' }, callBack, book), write);
const call = make('div', { class: 'call' });
const panel = make('section', { class: 'panel', role: 'dialog', 'aria-label': say.label, hidden: true, onkeydown: (event) => {
  if (event.key === 'Escape') close();
} }, make('header', {}, make('div', {}, make('h2', { dir: 'auto' }, look.clinic), state),
  make('button', { type: 'button', class: 'close', 'aria-label': say.close, onclick: close }, icon('M6 6l12 12M18 6L6 18'))), talk, call);
const unread = make('span', { class: 'unread', hidden: true });
const launch = make('button', { type: 'button', class: 'launch', 'aria-expanded': 'false', 'aria-label': say.open, onclick: () => open(true) },
  icon('M4 5h16v11H10l-5 4v-4H4z M8 9h8 M8 12h5'), unread);
const box = make('div', { class: `box ${wish.side ?? look.side} ${wish.shade ?? look.shade}`, dir: look.dir, lang: look.lang }, panel, launch);
box.style.setProperty('--colour', look.colour);
box.style.setProperty('--on', look.ink);
root.append(box);
document.body.append(host);

// --- open and closed

const isShown = () => document.visibilityState === 'visible';
const isSeen = () => !panel.hidden && isShown();

function show(isOpen) {
  panel.hidden = !isOpen;
  launch.setAttribute('aria-expanded', isOpen);
  box.classList.toggle('open', isOpen);
  keep({ open: isOpen });
}
function open(byHand) {
  show(true);
  // while nobody answers, a call is offered first
  turn(call.hidden && (standing.live || lines.length || kept.queue.length) ? 'talk' : 'call', byHand);
  log.scrollTop = log.scrollHeight;
  withFiles();
  draw();
  lookAgain();
}
function close() {
  show(false);
  launch.focus();
}
async function turn(to, byHand = true) {
  talk.hidden = to !== 'talk';
  call.hidden = to !== 'call';
  try {
    if (to === 'call' && !call.childElementCount) call.replaceChildren(await more('call'));
  } catch {
    away();
    return turn('talk', byHand);
  }
  if (byHand) (to === 'talk' ? text : call.querySelector('input, button'))?.focus();
}
talk.hidden = call.hidden = true;

// --- what few visitors need comes when they do

const kit = {
  base, look, make, icon, told, newKey, pause, panel, log, text, write, call, turn, away: () => away(), flush: () => flush(),
  reached: () => reached(), lookAgain: () => lookAgain(), token: () => kept.token,
};
const more = async (name) => (await import(new URL(`chat-${name}.js`, script.src))).default(kit);
let files;
const withFiles = () => (files ??= more('files').catch(() => { files = undefined; }));
function paper(file) {
  const place = make('div', { class: 'file' });
  withFiles().then((it) => it?.show(place, file));
  return place;
}

// --- what was said

const at = (instant) => {
  const today = new Date().toDateString() === new Date(instant).toDateString();
  const day = today ? {} : { day: 'numeric', month: 'short' };
  return new Intl.DateTimeFormat(look.lang, { hour: 'numeric', minute: '2-digit', ...day }).format(instant);
};
const linked = (words) => words.split(/(https?:\/\/[^\s<>"]+)/).map((part, place) =>
  place % 2 ? make('a', { href: part, target: '_blank', rel: 'noopener noreferrer' }, part) : part);

function drawn(id, line, note) {
  const known = shown.get(id) ?? make('div', { class: `line ${line.by}` });
  const press = (button) => button.url
    ? make('a', { class: 'tap', href: button.url, target: '_blank', rel: 'noopener noreferrer' }, button.label)
    : make('button', { type: 'button', class: 'tap', onclick: () => tap(line, button) }, button.label);
  const key = JSON.stringify([line, note?.textContent]);
  if (known.dataset.is !== key) {
    known.dataset.is = key;
    known.replaceChildren(
      make('p', { class: line.text ? 'words' : 'unseen', dir: 'auto' }, make('span', { class: 'unseen' }, `${say[line.by]}: `), ...(line.by === 'you' ? [line.text] : linked(line.text))),
      line.file ? paper(line.file) : '',
      line.buttons?.length ? make('div', { class: 'taps' }, ...line.buttons.map(press)) : '',
      note ?? make('small', {}, line.by === 'bot' ? `${say.bot} · ${at(line.at)}` : at(line.at)));
  }
  shown.set(id, known);
  return known;
}
function draw() {
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 60;
  const sent = new Set(lines.map((line) => line.key));
  if (kept.queue.some((line) => sent.has(line.key))) keep({ queue: kept.queue.filter((line) => !sent.has(line.key)) });
  const last = lines.findLastIndex((line) => line.by === 'you');
  const all = lines.map((line, place) => drawn(line.key ?? line.id, place < last ? { ...line, buttons: [] } : line));
  for (const line of kept.queue) {
    const note = line.failed
      ? make('small', { class: 'failed' }, `${say.unsent} `, make('button', { type: 'button', onclick: () => flush() }, say.retry))
      : make('small', {}, say.sending);
    all.push(drawn(line.key, { by: 'you', ...line }, note));
  }
  for (const [id, piece] of shown) if (!all.includes(piece)) { piece.remove(); shown.delete(id); }
  all.forEach((piece, place) => { if (log.children[place + 1] !== piece) log.insertBefore(piece, log.children[place + 1] ?? null); });
  state.textContent = standing.says;
  state.classList.toggle('live', standing.live);
  const fresh = lines.filter((line) => line.by !== 'you' && line.id > (kept.read ?? '')).length;
  unread.textContent = fresh;
  unread.hidden = !fresh || !panel.hidden;
  if (atEnd) log.scrollTop = log.scrollHeight;
}

// --- writing

function send(event) {
  event.preventDefault();
  const words = text.value.trim();
  if (!words) return;
  load();
  keep({ draft: '', queue: [...kept.queue, { key: newKey(), text: words, at: Date.now() }] });
  text.value = '';
  text.style.height = '';
  draw();
  log.scrollTop = log.scrollHeight;
  flush();
}
let flushing;
const flush = () => (flushing ??= sendAll().finally(() => { flushing = undefined; draw(); }));
async function sendAll() {
  keep({ queue: kept.queue.map((line) => ({ ...line, failed: false })) });
  const done = new Set();
  for (let next; (next = kept.queue.find((line) => !line.failed && !done.has(line.key)));) {
    draw();
    try {
      await told(next.data ? '/press' : '/say', next.data ? { key: next.key, on: next.on, data: next.data } : { key: next.key, text: next.text });
      done.add(next.key);
      reached();
      lookAgain();
    } catch (error) {
      if (error.status === 429) await pause(Math.min(error.after || 3, 30));
      else {
        keep({ queue: kept.queue.map((line) => (line.key === next.key || !error.status ? { ...line, failed: true } : line)) });
        if (!error.status) away();
      }
    }
  }
}
function tap(line, button) {
  keep({ queue: [...kept.queue, { key: newKey(), text: button.label, at: Date.now(), on: line.id, data: button.data }] });
  flush();
}
text.addEventListener('input', () => {
  keep({ draft: text.value });
  text.style.height = '';
  text.style.height = `${Math.min(text.scrollHeight + 2, 120)}px`;
});
text.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  write.requestSubmit();
});

// --- listening

const reached = () => { trouble.textContent = ''; };
const away = () => { trouble.textContent = say.offline; };
let listening = false;
async function listen() {
  if (listening) return;
  listening = true;
  for (let failed = 0; isShown();) {
    load();
    if (!kept.token) break;
    const mine = waiting = new AbortController();
    const timer = setTimeout(() => mine.abort(), 40_000);
    try {
      const said = await ask('/follow', { lang: look.lang, cursor, got, read: isSeen() ? got : null }, mine.signal);
      if (said.token) keep({ token: said.token });
      ({ lines, cursor, standing } = said);
      got = lines.findLast((line) => line.by !== 'you')?.id ?? null;
      if (got && isSeen()) keep({ read: got });
      failed = 0;
      reached();
      draw();
    } catch (error) {
      if (error.status === 401) { keep({ token: undefined }); break; }
      if (error.name !== 'AbortError') {
        if (!error.status) away();
        await pause(error.after || Math.min(2 ** ++failed, 30));
      }
    }
    clearTimeout(timer);
  }
  listening = false;
}
// What was shown is told at once.
const lookAgain = () => (listening ? waiting?.abort() : listen());
document.addEventListener('visibilitychange', lookAgain);
addEventListener('online', () => { reached(); flush(); lookAgain(); });
addEventListener('offline', away);
addEventListener('storage', (event) => { if (event.key === shelf) { load(); draw(); listen(); } });

draw();
if (kept.queue.length) flush();
listen();
if (wish.open || kept.open) open(false);
})();
