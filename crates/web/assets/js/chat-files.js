// Pictures and PDF files in the clinic's chat: chosen, pasted or dropped, looked at before they go, sent one after another, and
// shown where they lie in the thread. Comes when the chat is first opened; see chat.js. Nothing of it asks more of the website's
// content policy than the chat itself does: pictures are drawn on a canvas, none is loaded by the page.
export default function files({ base, look, make, icon, told, newKey, pause, panel, log, text, write, flush, reached, lookAgain, token }) {
const say = look.says;
const { most, kinds } = look.files;
const atOnce = 5;
// A picture of a telephone is made so small before it goes: a mobile network is slow, and no tooth needs more dots.
const longSide = 3200;
const largeFrom = 2_000_000;
const patience = 120_000;
// The longer side of a picture in the thread.
const side = 240;

const chosen = [];
const tray = make('ul', { class: 'tray', 'aria-label': say.files, hidden: true });
const status = make('p', { class: 'unseen', role: 'status' });
const input = make('input', { type: 'file', multiple: true, accept: kinds, hidden: true, onchange: () => {
  take([...input.files]);
  input.value = '';
} });
const attach = make('button', { type: 'button', class: 'attach', 'aria-label': say.attach, title: say.attach, onclick: () => input.click() },
  icon('M20 11.5l-8.2 8.2a5 5 0 0 1-7-7l8.4-8.5a3.4 3.4 0 0 1 4.8 4.8l-8.4 8.4a1.7 1.7 0 0 1-2.4-2.4l7.7-7.7'));
write.prepend(attach);
write.before(tray, status, input);

// --- chosen

const isHeic = (file) => /^image\/hei[cf]/.test(file.type) || /\.hei[cf]$/i.test(file.name);
const isKnown = (file) => kinds.split(',').includes(file.type);

function take(files) {
  for (const file of files) {
    if (chosen.length >= atOnce) {
      status.textContent = say['file-many'];
      tray.dataset.full = say['file-many'];
      break;
    }
    const one = { key: newKey(), file, row: make('li') };
    chosen.push(one);
    tray.append(one.row);
    if (!isKnown(file) && !isHeic(file)) refuse(one, say['file-kind']);
    else ready(one);
  }
  showTray();
  // on a telephone the keyboard would cover what was chosen
  if (matchMedia('(pointer: fine)').matches) text.focus();
}
async function ready(one) {
  one.state = 'being-made';
  shown(one);
  one.file = await smaller(one.file).catch(() => one.file);
  if (!isKnown(one.file)) return refuse(one, say['file-kind']);
  if (one.file.size > most) return refuse(one, say['file-large']);
  if (one.state !== 'being-made') return;
  one.state = 'ready';
  shown(one);
  if (one.isDue) go();
}
/** As it is seen, upright; what the telephone wrote into it stays on the telephone. */
async function smaller(file) {
  if (!isHeic(file) && !(file.type === 'image/jpeg' && file.size > largeFrom)) return file;
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, longSide / Math.max(picture.width, picture.height));
  const canvas = make('canvas');
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const made = await new Promise((done) => { canvas.toBlob(done, 'image/jpeg', 0.9); });
  if (!made || (made.size > file.size && !isHeic(file))) return file;
  return new File([made], file.name.replace(/\.[^.]*$/, '.jpg'), { type: 'image/jpeg' });
}
function refuse(one, why) {
  Object.assign(one, { state: 'refused', why });
  shown(one);
}
function drop(one) {
  one.stop?.();
  chosen.splice(chosen.indexOf(one), 1);
  one.row.remove();
  delete tray.dataset.full;
  showTray();
}
function showTray() {
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 60;
  tray.hidden = !chosen.length;
  if (atEnd) log.scrollTop = log.scrollHeight;
}

/** One row of the tray: a small picture or a sheet, its name, how it stands, and what can be done with it. */
function shown(one) {
  const { file, state, row } = one;
  one.small ??= small(file);
  const failed = state === 'refused' || state === 'failed';
  const says = failed ? one.why : state === 'going' ? say.sending : say['file-ready'];
  one.bar = state === 'going' && make('progress', { max: 1, value: 0, 'aria-label': `${say.sending} ${file.name}` });
  row.className = failed ? 'failed' : '';
  row.replaceChildren(one.small,
    make('div', {}, make('span', { class: 'name' }, make('bdi', {}, file.name)), make('p', { class: 'how' }, says), one.bar || ''),
    state === 'failed' ? make('button', { type: 'button', class: 'again', 'aria-label': `${say.retry}: ${file.name}`, onclick: () => again(one) }, say.retry) : '',
    make('button', { type: 'button', class: 'drop', 'aria-label': `${say['file-remove']}: ${file.name}`, onclick: () => { drop(one); attach.focus(); } }, icon('M6 6l12 12M18 6L6 18')));
  if (failed) status.textContent = `${file.name}: ${says}`;
}
const sheet = () => icon('M7 3h7l5 5v13H7z M14 3v5h5');
function small(file) {
  const place = make('span', { class: 'small' }, sheet());
  if (file.type.startsWith('image/')) {
    createImageBitmap(file).then((picture) => {
      const canvas = make('canvas', { width: 88, height: 88, 'aria-hidden': 'true' });
      const part = Math.min(picture.width, picture.height);
      canvas.getContext('2d').drawImage(picture, (picture.width - part) / 2, (picture.height - part) / 2, part, part, 0, 0, 88, 88);
      picture.close();
      place.replaceChildren(canvas);
    }, () => { /* the sheet stays */ });
  }
  return place;
}

// --- sent

write.addEventListener('submit', async () => {
  delete tray.dataset.full;
  // what was written goes first
  await flush();
  for (const one of chosen) if (one.state !== 'refused') one.isDue = true;
  again();
});
addEventListener('online', () => again());
addEventListener('beforeunload', (event) => { if (chosen.some((one) => one.isDue)) event.preventDefault(); });

function again(only) {
  for (const one of chosen) {
    if (one.state === 'failed' && (!only || one === only)) {
      one.state = 'ready';
      shown(one);
    }
  }
  go();
}
let going = false;
async function go() {
  if (going) return;
  going = true;
  for (let one; (one = chosen.find(({ state, isDue }) => isDue && state === 'ready'));) await send(one);
  going = false;
}
async function send(one) {
  one.state = 'going';
  shown(one);
  try {
    await told('/file', null, () => carried(one));
    drop(one);
    reached();
    lookAgain();
  } catch (error) {
    if (!chosen.includes(one)) return;
    if (error.status === 429) {
      await pause(Math.min(error.after || 5, 60));
      one.state = 'ready';
      return;
    }
    const known = { 413: 'file-large', 415: 'file-kind', 422: 'file-damaged' }[error.status];
    if (known) return refuse(one, say[known]);
    Object.assign(one, { state: 'failed', why: say[error.status ? 'fault-other' : 'file-away'] });
    shown(one);
  }
}
/** With a request that tells how far it has come. */
const carried = (one) => new Promise((done, fail) => {
  const form = new FormData();
  form.append('key', one.key);
  form.append('file', one.file, one.file.name);
  const request = new XMLHttpRequest();
  request.open('POST', `${base}/file`);
  request.setRequestHeader('authorization', `Bearer ${token()}`);
  request.timeout = patience;
  request.upload.onprogress = ({ loaded, total }) => { if (one.bar) one.bar.value = loaded / total; };
  // all of it is there, and is being looked at
  request.upload.onload = () => one.bar?.removeAttribute('value');
  request.onload = () => (request.status === 200 ? done() : fail({ status: request.status, after: Number(request.getResponseHeader('retry-after')) }));
  request.onerror = request.ontimeout = request.onabort = () => fail({});
  one.stop = () => request.abort();
  request.send(form);
});

// --- pasted and dropped

const given = (event, { files }) => {
  if (!files?.length) return;
  event.preventDefault();
  take([...files]);
};
text.addEventListener('paste', (event) => given(event, event.clipboardData));
const over = (isOver) => panel.classList.toggle('over', isOver);
panel.addEventListener('dragover', (event) => {
  if (!event.dataTransfer.types.includes('Files')) return;
  event.preventDefault();
  over(true);
});
panel.addEventListener('dragleave', (event) => { if (!panel.contains(event.relatedTarget)) over(false); });
panel.addEventListener('drop', (event) => {
  over(false);
  given(event, event.dataTransfer);
});

// --- in the thread

function show(place, { name, says, size, address, gone }) {
  if (gone) return place.append(make('p', { class: 'gone' }, gone));
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 60;
  const at = `${base}/files/${address}`;
  const link = make('a', { class: size ? 'picture' : 'paper', href: at, target: '_blank', rel: 'noopener noreferrer' });
  if (size) picture(link, `${at}/preview`, { name, size });
  else link.append(sheet(), make('span', {}, make('span', { class: 'name' }, make('bdi', {}, name)), make('small', {}, says)));
  place.append(link);
  if (atEnd) log.scrollTop = log.scrollHeight;
}
async function picture(link, at, { name, size: [width, height] }) {
  const scale = Math.min(1, side / Math.max(width, height));
  const canvas = make('canvas', { role: 'img', 'aria-label': name });
  canvas.style.inlineSize = `${Math.max(44, Math.round(width * scale))}px`;
  canvas.style.aspectRatio = `${width} / ${height}`;
  link.append(canvas);
  try {
    const answer = await fetch(at, { credentials: 'omit', referrerPolicy: 'no-referrer' });
    if (!answer.ok) throw answer;
    const drawn = await createImageBitmap(await answer.blob());
    canvas.width = drawn.width;
    canvas.height = drawn.height;
    canvas.getContext('2d').drawImage(drawn, 0, 0);
    drawn.close();
  } catch {
    link.append(make('small', {}, say['file-unshown']));
  }
}

return { show };
}
