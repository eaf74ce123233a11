// The form of the clinic's chat in which a visitor asks to be called. Comes when somebody opens it; see chat.js.
export default function callForm({ look, make, told, newKey, call, turn, lookAgain }) {
  const say = look.says;
  const field = (name, label, input) => [make('label', { for: name }, label), input, make('p', { class: 'fault', id: `${name}-fault` })];
  const when = make('select', { id: 'at' }, make('option', { value: '' }, look.soon), ...look.times.map((time) => make('option', { value: time.at }, time.says)));
  const input = (id, more) => make('input', { id, required: true, 'aria-describedby': `${id}-fault`, ...more });
  const agree = input('consent', { type: 'checkbox' });
  const key = newKey();
  const form = make('form', { novalidate: true, onsubmit: async (event) => {
    event.preventDefault();
    const find = (id) => form.querySelector(`#${id}`);
    for (const place of form.querySelectorAll('.fault')) place.textContent = '';
    for (const place of form.querySelectorAll('[aria-invalid]')) place.removeAttribute('aria-invalid');
    const value = (id) => find(id).value.trim();
    const wrong = (id, fault = id) => {
      find(`${id}-fault`).textContent = say[`fault-${fault}`];
      find(id).setAttribute('aria-invalid', 'true');
      find(id).focus();
    };
    for (const id of ['name', 'phone']) if (!value(id)) return wrong(id);
    if (!agree.checked) return wrong('consent');
    const button = find('go');
    button.disabled = true;
    try {
      await told('/call', { key, name: value('name'), phone: value('phone'), at: when.value ? Number(when.value) : null, about: value('about'), wording: look.wording });
      const done = make('p', { class: 'done', tabindex: '-1' }, say['call-done']);
      call.replaceChildren(done, make('button', { type: 'button', class: 'main', onclick: () => { call.replaceChildren(); turn('talk'); } }, say['call-back']));
      done.focus();
      lookAgain();
    } catch (error) {
      if (['name', 'phone', 'at', 'consent'].includes(error.at)) wrong(error.at);
      else find('form-fault').textContent = error.status ? say[error.status === 429 ? 'fault-fast' : 'fault-other'] : say.offline;
    }
    button.disabled = false;
  } }, make('h3', {}, say['call-title']), make('p', { class: 'quiet' }, say['call-lead']),
    ...field('name', say['call-name'], input('name', { autocomplete: 'name', maxlength: 100, dir: 'auto' })),
    ...field('phone', say['call-phone'], input('phone', { type: 'tel', autocomplete: 'tel', maxlength: 40, dir: 'ltr' })),
    ...field('at', say['call-at'], when),
    ...field('about', say['call-about'], make('textarea', { id: 'about', rows: 2, maxlength: 500, dir: 'auto' })),
    make('label', { class: 'agree' }, agree, make('span', {}, look.consent)), make('p', { class: 'fault', id: 'consent-fault' }),
    make('p', { class: 'fault', id: 'form-fault', role: 'alert' }),
    make('button', { class: 'main', id: 'go' }, say['call-send']),
    make('button', { type: 'button', class: 'plain', onclick: () => turn('talk') }, say['call-back']));
  return form;
}
