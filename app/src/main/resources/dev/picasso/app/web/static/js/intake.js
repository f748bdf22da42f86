import { byId } from './dom.js';
import { namesIn } from './zip.js';

/** Files that models are made of, by their names; what a model is, the server says by its content. */
const MODEL = /\.(h5|hdf5|hdf|keras|onnx|json|bin|pb|pbtxt|data|weights|pt|pth|safetensors|tflite|tfl|lite|ckpt|index|meta|zip)$|-\d+-of-\d+$|^checkpoint$/i;

/** As people order files: 2 before 10. */
const ORDER = new Intl.Collator(undefined, { numeric: true });

/** Files that are one model together with others. */
const PART = /\.(json|index|meta)$|-\d+-of-\d+$|^checkpoint$|^saved_model\.pb/i;

/** Tables, which may tell what images show. */
const isTable = (file) => /\.(csv|tsv)$/i.test(file.name);

const isImage = (file) => file.type.startsWith('image/') || /\.(tiff?|heic|heif|avif|jxl)$/i.test(file.name);

const isZip = (file) => /\.zip$/i.test(file.name);

/** Files that are a model whatever else lies beside them; tables and texts in JSON may be about images. */
const SURELY_MODEL = /\.(h5|hdf5|hdf|keras|onnx|pb|pbtxt|pt|pth|safetensors|tflite|tfl|lite|ckpt|index|meta|weights)$|-\d+-of-\d+$|(^|\/)checkpoint$|(^|\/)model[^/]*\.json$/i;

const PICTURE = /\.(png|jpe?g|gif|bmp|webp|tiff?|heic|heif|avif|jxl)$/i;

/** Whether a file is a zip of images, and not of a model. */
async function holdsImages(file) {
  if (!isZip(file)) return false;
  const names = await namesIn(file).catch(() => []);
  return names.some((name) => PICTURE.test(name)) && !names.some((name) => SURELY_MODEL.test(name));
}

/** Texts that say something of a model: its configuration, or the names of its classes. */
const isWord = (file) => /\.(ya?ml|txt|csv|tsv|names|labels)$|(label|class|name|categor|synset)[^/]*\.json$/i.test(file.name);

/** All files of a dropped folder, and of the folders in it, each with its `path` from there. */
async function inFolder(entry) {
  if (entry.isFile) {
    const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
    return [Object.assign(file, { path: entry.fullPath.replace(/^\//, '') })];
  }
  const reader = entry.createReader();
  const files = [];
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!some.length) return files;
    for (const one of some) files.push(...(await inFolder(one)));
  }
}

/** What was dropped: the files of each folder that is a model, and all others. */
async function dropped(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.length) return { folders: [], files: [...transfer.files] };
  const folders = [];
  const files = [];
  for (const entry of entries) {
    const found = await inFolder(entry);
    const savedModel = found.some((file) => /^saved_model\.pb/.test(file.name));
    // A folder with images is dropped for these, unless it is a model; what else lies in it was not meant.
    const told = found.some((file) => /^picasso\.ya?ml$/i.test(file.name)) && found.some((file) => MODEL.test(file.name));
    if (entry.isDirectory && told) {
      files.push(...found.filter(isImage));
      folders.push(found.filter((file) => !isImage(file)));
    } else if (entry.isDirectory && !savedModel && found.some(isImage)) files.push(...found.filter((file) => isImage(file) || isTable(file)));
    else if (entry.isDirectory && found.some((file) => MODEL.test(file.name))) folders.push(found.filter((file) => !isImage(file)));
    else files.push(...found);
  }
  return { folders, files: files.sort((a, b) => ORDER.compare(a.path ?? a.name, b.path ?? b.name)) };
}

/** Model files as the models that they make up: parts belong with what came along, others stand alone. */
function asModels(files, words) {
  if (!files.length) return [];
  if (files.some((file) => PART.test(file.name)) || files.length === 1) return [[...files, ...words]];
  return files.map((file) => [file, ...words]);
}

/**
 * Takes files in, however they come: dropped anywhere, pasted, picked.
 *
 * @param openModel hears the files of one model
 * @param addImages hears image files
 * @param takeWords hears a picasso.yaml, or labels, that came without a model
 * @param takeTable hears a table, and says whether it is of what images truly show
 */
export function intake(openModel, addImages, takeWords, takeTable) {
  /** What is no table of what images show. */
  const others = async (words) => {
    const kept = [];
    for (const word of words) if (!(isTable(word) && (await takeTable(word)))) kept.push(word);
    return kept;
  };

  const take = async ({ folders = [], files: all }) => {
    const zips = [];
    for (const file of all) if (await holdsImages(file)) zips.push(file);
    const files = all.filter((file) => !zips.includes(file));
    if (zips.length) await addImages(zips);
    // A file of no known kind that comes alone may be a model without an ending.
    const alone = !folders.length && files.length === 1 && !isImage(files[0]);
    const parts = files.some((file) => PART.test(file.name)); // of old checkpoints some have no ending
    const ofModels = files.filter((file) => MODEL.test(file.name) || ((alone || parts) && !isImage(file)));
    const words = files.filter((file) => isWord(file));
    const models = ofModels.filter((file) => !words.includes(file));
    const images = files.filter((file) => !models.includes(file) && !words.includes(file));
    const added = images.length && addImages(images);
    if (models.length) for (const model of asModels(models, words)) await openModel(model);
    else if (words.length) {
      await added; // a table may be about them
      const left = await others(words);
      if (left.length && !(images.length && left.every(isTable))) await takeWords(left);
    }
    for (const model of folders) await openModel(model);
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
    if (files.length) take({ files });
  });
  for (const id of ['image-files', 'model-file']) {
    const input = byId(id);
    input.addEventListener('change', () => {
      const files = [...input.files];
      input.value = ''; // so that the same file can be picked again
      if (id === 'image-files') addImages(files); // zips of them, too
      else openModel(files);
    });
  }
}
