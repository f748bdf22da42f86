import { events } from './streamed.js';

const ROOT = '/api/v1';

/** What the server refused, in its words; `settings` has a sentence for each wrong setting, by name. */
export class ApiError extends Error {
  constructor(status, message, problems = [], settings = {}) {
    super(message);
    this.status = status;
    this.problems = problems;
    this.settings = settings;
  }
}

const SILENT = 'Picasso does not answer. Is it still running? Start it again and repeat this.';

async function reached(path, options) {
  try {
    return await fetch(ROOT + path, options);
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new ApiError(0, SILENT);
  }
}

async function request(path, options = {}) {
  return answered(await reached(path, options));
}

async function answered(response) {
  const json = (response.headers.get('Content-Type') ?? '').includes('json');
  const body = json ? await response.json() : undefined;
  if (!response.ok) {
    const said = body?.error;
    throw new ApiError(response.status, said?.message ?? `Picasso answered ${response.status}.`, said?.problems ?? [], said?.settings);
  }
  return body;
}

let known = false; // whether the server has given its cookie
let last = Promise.resolve();

/**
 * A request that stores something. The first that succeeds brings the cookie by which the server knows
 * whose things they are; until then one waits for the other, so that all come to lie together.
 */
function store(path, options) {
  if (known) return request(path, options);
  const answer = last.then(() => request(path, options));
  last = answer.then(() => { known = true; }, () => {});
  return answer;
}

const posted = (body) => ({ method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });

const send = (path, body) => store(path, posted(body));

/** Asks for something that takes a while; `told` hears how far it is, from 0 to 1, and an abort of `signal` ends it. */
async function follow(path, body, told, signal) {
  const { headers, ...how } = posted(body);
  const response = await reached(path, { ...how, headers: { ...headers, Accept: 'text/event-stream' }, signal });
  if (!response.ok) return answered(response);
  try {
    for await (const { name, data } of events(response)) {
      if (name === 'problem') throw new ApiError(422, data.message);
      if (name !== 'progress') return data;
      told(data.progress);
    }
  } catch (error) {
    if (error.name === 'AbortError' || error instanceof ApiError) throw error;
  }
  throw new ApiError(0, SILENT);
}

function upload(path, files) {
  const form = new FormData();
  for (const file of files) form.append('file', file, file.path ?? file.name);
  return store(path, { method: 'POST', body: form });
}

const id = encodeURIComponent;

export const api = {
  models: async () => (await request('/models')).models,
  model: (model) => request(`/models/${id(model)}`),
  addModel: (files) => upload('/models', files),
  restoreModel: (model) => store(`/models/${id(model)}/restore`, { method: 'POST' }),
  removedModels: async () => (await request('/models')).removed ?? [],
  removeModel: (model) => request(`/models/${id(model)}`, { method: 'DELETE' }),
  graph: (model) => request(`/models/${id(model)}/graph`),
  whatIf: (model, supposition) => send(`/models/${id(model)}/what-if`, supposition),
  input: (model) => request(`/models/${id(model)}/input`),
  changeInput: (model, parts) => store(`/models/${id(model)}/input`, { method: 'PATCH', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(parts) }),
  inputFiles: (model, files) => upload(`/models/${id(model)}/input/files`, files),
  holdFile: (model, input, file) => upload(`/models/${id(model)}/held?input=${id(input)}`, [file]),
  hold: (model, order) => store(`/models/${id(model)}/held`, { method: 'PATCH', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(order) }),
  heldPicture: (model, input, at) => `${ROOT}/models/${id(model)}/held?input=${id(input)}&at=${at}`,
  inputYaml: (model) => `${ROOT}/models/${id(model)}/input/picasso.yaml`,
  givenPicture: (model, image) => `${ROOT}/models/${id(model)}/input/picture?${image.sample ? `sample=${id(image.name)}` : `image=${id(image.id)}`}&at=${Date.now()}`,
  doctor: (model, images, told, signal) => follow(`/models/${id(model)}/doctor`, images.length ? { images } : {}, told, signal),
  predictions: async (model, images) => request(`/models/${id(model)}/predictions`, posted({ images })),
  catalogue: () => request('/catalogue'),
  pull: (name) => store(`/catalogue/${id(name)}`, { method: 'POST' }),
  cancelPull: (name) => request(`/catalogue/${id(name)}`, { method: 'DELETE' }),
  pullEvents: (name) => new EventSource(`${ROOT}/catalogue/${id(name)}/events`),
  plugins: () => request('/plugins'),
  visualizations: () => request('/visualizations'),
  images: async () => (await request('/images')).images,
  addImages: async (files) => (await upload('/images?labels=folders', files)).images,
  label: (image, label) => store(`/images/${id(image)}`, { method: 'PATCH', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ label }) }),
  labels: (table) => store('/images/labels', { method: 'POST', headers: { 'Content-Type': 'text/csv' }, body: table }),
  addSamples: async (model, names) => (await send('/images/samples', { model, names })).images,
  picture: (image) => `${ROOT}/images/${id(image)}`,
  thumbnail: (image) => `${ROOT}/images/${id(image)}?thumb`,
  removeImage: (image) => request(`/images/${id(image)}`, { method: 'DELETE' }),
  restoreImage: (image) => request(`/images/${id(image)}/restore`, { method: 'POST' }),
  start: (run) => send('/runs', run),
  run: (run) => request(`/runs/${id(run)}`),
  nameRun: (run, name) => send(`/runs/${id(run)}/name`, { name }),
  useImages: (run) => store(`/runs/${id(run)}/images`, { method: 'POST' }),
  repeatRun: (run) => store(`/runs/${id(run)}/repeat`, { method: 'POST' }),
  restRun: (run) => store(`/runs/${id(run)}/rest`, { method: 'POST' }),
  restoreRun: (run) => request(`/runs/${id(run)}/restore`, { method: 'POST' }),
  removeRun: (run) => request(`/runs/${id(run)}/results`, { method: 'DELETE' }),
  cancel: (run) => request(`/runs/${id(run)}`, { method: 'DELETE' }),
  events: (run) => new EventSource(`${ROOT}/runs/${id(run)}/events`),
  resultsJson: (run) => `${ROOT}/runs/${id(run)}/results.json`,
  resultsZip: (run) => `${ROOT}/runs/${id(run)}/results.zip`,
  citation: (run) => request(`/runs/${id(run)}/citation`),
  figure: (run, kind, choices) => `${ROOT}/runs/${id(run)}/figure.${kind}?${choices}`,
  colours: () => request('/colours'),
  reset: () => request('/session/reset', { method: 'POST' }),
  /** Why a picture does not come, in the server's words; empty where it does. */
  whyNot: (picture) => fetch(picture).then(answered).then(() => '', (error) => (error instanceof ApiError ? error.message : SILENT)),
  /** The row of one image, as HTML that the server made from the visualization's template. */
  async row(run, index) {
    const response = await reached(`/runs/${id(run)}/rows/${index}`);
    if (!response.ok) throw new ApiError(response.status, `This row could not be shown (${response.status}).`);
    return response.text();
  },
};
