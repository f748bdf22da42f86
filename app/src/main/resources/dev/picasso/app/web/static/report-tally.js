'use strict';
/* Of many images those that the model gets wrong, all or of one kind; in reports, and on pages of kept runs. */
(() => {
  const place = document.getElementById('tally');
  if (!place) return;
  const images = [...document.querySelectorAll('.image[data-verdict]')];
  const all = document.querySelectorAll('.image');
  const wrong = document.getElementById('only-wrong');
  const said = document.getElementById('tally-said');
  let pair = ''; // the kind that is shown; all of them where it is empty
  let only = false;

  const isShown = (image) => !only || (pair ? image.dataset.pair === pair : image.dataset.verdict === 'wrong');

  const show = () => {
    for (const image of all) image.hidden = !isShown(image);
    wrong.setAttribute('aria-pressed', String(only && !pair));
    for (const button of place.querySelectorAll('td button')) button.setAttribute('aria-pressed', String(only && button.dataset.pair === pair));
    said.textContent = `${[...all].filter((image) => !image.hidden).length} of ${all.length} images are shown.`;
  };

  const choose = (which) => {
    const again = only && pair === which;
    only = !again;
    pair = again ? '' : which;
    show();
  };

  wrong.hidden = !images.some((image) => image.dataset.verdict === 'wrong');
  wrong.addEventListener('click', () => choose(''));
  for (const row of place.querySelectorAll('tr[data-pair]')) {
    const [truth, told, count] = [...row.children];
    const button = Object.assign(document.createElement('button'), { type: 'button', textContent: count.textContent });
    button.dataset.pair = row.dataset.pair;
    button.setAttribute('aria-pressed', 'false');
    button.setAttribute('aria-label', `Only ${truth.textContent} taken for ${told.textContent}: ${count.textContent}`);
    button.addEventListener('click', () => choose(row.dataset.pair));
    count.replaceChildren(button);
  }
})();
