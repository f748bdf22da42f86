/*
 * Runs a TensorFlow.js layers model in TensorFlow.js itself.
 *
 *   node tfjs.mjs model.json < request.json > answer.json
 *
 * The request is {"x": nested lists, "r": nested lists of the output's shape}, the
 * answer {"y": output, "g": gradient of sum(y * r) at x, "oracle": version}. The
 * package @tensorflow/tfjs is looked for from the current folder.
 */
import fs from 'node:fs';
import path from 'node:path';
import {createRequire} from 'node:module';

const tf = createRequire(path.join(process.cwd(), '/'))('@tensorflow/tfjs');

/** Topology and weights from the files beside model.json, as the web page would fetch them. */
function loadModel(file) {
  const json = JSON.parse(fs.readFileSync(file));
  const groups = json.weightsManifest;
  const bytes = Buffer.concat(groups.flatMap(g => g.paths).map(
      p => fs.readFileSync(path.join(path.dirname(file), p))));
  return tf.loadLayersModel(tf.io.fromMemory({
    modelTopology: json.modelTopology,
    weightSpecs: groups.flatMap(g => g.weights),
    weightData: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length),
  }));
}

await tf.setBackend('cpu');
const request = JSON.parse(fs.readFileSync(0));
const model = await loadModel(process.argv[2]);
const [x, r] = [tf.tensor(request.x), tf.tensor(request.r)];
console.log(JSON.stringify({
  y: model.predict(x).arraySync(),
  g: tf.grad(v => model.apply(v, {training: false}).mul(r).sum())(x).arraySync(),
  oracle: `TensorFlow.js ${tf.version.tfjs}`,
}));
