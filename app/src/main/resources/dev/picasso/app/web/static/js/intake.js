import { byId } from './dom.js';

const MODEL = /\.(h5|hdf5|hdf|keras|onnx|json|bin|pb|data|weights|pt|pth|safetensors|tflite|ckpt|index|meta)$/i;

/** All files of a dropped folder, and of the folders in it. */
async function inFolder(entry) {
  if (entry.isFile) return [await new Promise((resolve, reject) => entry.file(resolve, reject))];
  const reader = entry.createReader();
  const files = [];
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!some.length) return files;
    for (const one of some) files.push(...(await inFolder(one)));
  }
}

async function dropped(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.length) return [...transfer.files];
  const files = [];
  for (const entry of entries) {
    const found = await inFolder(entry);
    // A folder is dropped for its images; what else lies in it was not meant.
    files.push(...(entry.isDirectory && found.some(isImage) ? found.filter(isImage) : found));
  }
  return files;
}

const isImage = (file) => file.type.startsWith('image/') || /\.tiff?$/i.test(file.name);

/** Model files as the models that they make up: a JSON belongs with what came along, others stand alone. */
function asModels(files) {
  return files.some((file) => /\.json$/i.test(file.name)) ? [files] : files.map((file) => [file]);
}

/**
 * Takes files in, however they come: dropped anywhere, pasted, picked.
 *
 * @param openModel hears the files of one model
 * @param addImages hears image files
 */
export function intake(openModel, addImages) {
  const take = async (files) => {
    const ofModels = files.filter((file) => MODEL.test(file.name));
    const images = files.filter((file) => !MODEL.test(file.name));
    if (images.length) addImages(images);
    for (const model of ofModels.length ? asModels(ofModels) : []) await openModel(model);
  };

  const sign = byId('drop');
  let depth = 0; // dragenter and dragleave come for every element that is crossed
  const carriesFiles = (event) => event.dataTransfer?.types.includes('Files');
  addEventListener('dragenter', (event) => {
    if (!carriesFiles(event)) return;
    depth++;
    sign.hidden = false;
  });
  addEventListener('dragleave', (event) => {
    if (carriesFiles(event) && --depth <= 0) sign.hidden = true;
  });
  addEventListener('dragover', (event) => {
    if (carriesFiles(event)) event.preventDefault();
  });
  addEventListener('drop', async (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    depth = 0;
    sign.hidden = true;
    take(await dropped(event.dataTransfer));
  });
  addEventListener('paste', (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length) take(files);
  });
  for (const id of ['image-files', 'model-file']) {
    const input = byId(id);
    input.addEventListener('change', () => {
      const files = [...input.files];
      input.value = ''; // so that the same file can be picked again
      if (id === 'image-files') addImages(files);
      else openModel(files);
    });
  }
}
