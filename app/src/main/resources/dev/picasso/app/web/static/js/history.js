import { api } from './api.js';
import { remove } from './deleting.js';
import { byId, say, wake } from './dom.js';
import { moment } from './format.js';

/** Asks in a dialog; true if the person agrees. */
function asked(dialog) {
  dialog.returnValue = 'no';
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'), { once: true });
  });
}

const told = (element) => element.closest('[data-run]').dataset;

async function rename(button) {
  const { run, name } = told(button);
  byId('new-name').value = name;
  byId('new-name').select();
  const dialog = byId('rename-run');
  if (!(await asked(dialog)) || byId('new-name').value === name) return;
  await api.nameRun(run, byId('new-name').value);
  location.reload();
}

/** Starts a run again, all of it or the rest, and shows it on the page. */
async function again(button, start) {
  const { run } = told(button);
  button.disabled = true;
  try {
    const begun = await start(run);
    location.assign(`/?run=${begun.id}`); // which means its choices, all of them
  } finally {
    button.disabled = false;
  }
}

document.addEventListener('click', async (event) => {
  const button = event.target.closest('[data-delete], [data-rename], [data-repeat], [data-rest]');
  if (!button) return;
  say(byId('problem'), '');
  try {
    if ('delete' in button.dataset) await remove(button.closest('[data-run]'), choose);
    else if ('rename' in button.dataset) await rename(button);
    else if ('rest' in button.dataset) await again(button, api.restRun);
    else await again(button, api.repeatRun);
  } catch (error) {
    say(byId('problem'), error.message);
  }
});

/** Enter in the name's field saves it: the first button of the form is the one that does not. */
byId('new-name').addEventListener('keydown', (event) => {
  if (event.key !== 'Enter') return;
  event.preventDefault();
  byId('rename-run').close('yes');
});

const chosen = () => [...document.querySelectorAll('.choose input:checked')].map((box) => told(box).run);

function choose() {
  const compare = byId('compare');
  if (!compare) return;
  const runs = chosen();
  compare.disabled = runs.length !== 2;
  compare.classList.toggle('next', runs.length === 2);
  byId('chosen').textContent = runs.length === 0 ? 'Choose two to set them side by side.'
    : runs.length === 1 ? 'Choose one more.' : runs.length === 2 ? 'Two are chosen.' : `${runs.length} are chosen; two can be compared.`;
}
document.addEventListener('change', (event) => {
  if (event.target.matches('.choose input')) choose();
});
byId('compare')?.addEventListener('click', () => {
  const [one, other] = chosen();
  location.assign(`/runs/${one}?beside=${other}`);
});
choose();
wake();

/** Times in lists are those of the person's place, as everywhere. */
for (const option of document.querySelectorAll('#beside option')) {
  option.textContent = option.textContent.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/, moment);
}
