import { h, say } from './dom.js';

/** Browsers lend the camera to this machine's pages, and to pages that come over TLS. */
const isLent = () => window.isSecureContext && Boolean(navigator.mediaDevices?.getUserMedia);

const words = {
  NotAllowedError: 'The browser does not lend the camera to this page. Allow it beside the address, and try again.',
  NotFoundError: 'This machine has no camera that the browser sees.',
  NotReadableError: 'Another program uses the camera. Close that, and try again.',
};

/** As in "camera 14-05-09.png". */
const nameNow = () => `camera ${new Date().toTimeString().slice(0, 8).replaceAll(':', '-')}.png`;

/**
 * Pictures from the camera, taken one by one; the page sends none before it is taken.
 *
 * @param button opens it; stays hidden where the browser lends no camera
 * @param addImages hears the files
 */
export function camera(button, addImages) {
  if (!isLent()) return;
  const video = h('video', { class: 'camera-picture', autoplay: true, playsinline: true, muted: true, 'aria-label': 'What the camera sees' });
  const problem = h('p', { class: 'problem', role: 'alert', hidden: true });
  const taken = h('p', { class: 'facts', role: 'status', hidden: true });
  const take = h('button', { type: 'button', class: 'next', disabled: true }, 'Take picture');
  const close = h('button', { type: 'button', class: 'quiet' }, 'Close');
  const dialog = h('dialog', { class: 'camera', 'aria-label': 'Camera' },
    video, problem, h('div', { class: 'camera-line' }, take, taken, close));
  document.body.append(dialog);

  let stream;
  let count = 0;

  /** Its light goes out. */
  const stop = () => {
    stream?.getTracks().forEach((track) => track.stop());
    stream = undefined;
    video.srcObject = null;
    take.disabled = true;
  };

  const open = async () => {
    say(problem, '');
    say(taken, '');
    count = 0;
    dialog.showModal();
    try {
      const lent = await navigator.mediaDevices.getUserMedia({ video: { width: { ideal: 1280 } }, audio: false });
      if (!dialog.open || stream) return lent.getTracks().forEach((track) => track.stop()); // closed meanwhile, or opened again
      stream = lent;
      video.srcObject = stream;
    } catch (error) {
      say(problem, words[error.name] ?? `The camera cannot be used: ${error.message}`);
    }
    return undefined;
  };

  video.addEventListener('loadeddata', () => { take.disabled = !stream; });
  take.addEventListener('click', async () => {
    const canvas = h('canvas', { width: video.videoWidth, height: video.videoHeight });
    canvas.getContext('2d').drawImage(video, 0, 0);
    const png = await new Promise((resolve) => { canvas.toBlob(resolve, 'image/png'); });
    addImages([new File([png], nameNow(), { type: 'image/png' })]);
    count += 1;
    say(taken, count === 1 ? '1 picture is in the tray.' : `${count} pictures are in the tray.`);
  });
  close.addEventListener('click', () => dialog.close());
  dialog.addEventListener('close', stop);
  button.hidden = false;
  button.addEventListener('click', open);
}
