// Runs a graph model as TensorFlow.js reads it: node tfjs_graph.mjs MODEL.json SHAPE < float32 > float32, the first output's.
import * as tf from '@tensorflow/tfjs';
import fs from 'node:fs';
import path from 'node:path';

const [file, shape] = process.argv.slice(2);
const json = JSON.parse(fs.readFileSync(file, 'utf8'));
const parts = json.weightsManifest.flatMap(g => g.paths).map(p => fs.readFileSync(path.join(path.dirname(file), p)));
const data = Buffer.concat(parts);
const model = await tf.loadGraphModel(tf.io.fromMemory({
  ...json,
  weightSpecs: json.weightsManifest.flatMap(g => g.weights),
  weightData: data.buffer.slice(data.byteOffset, data.byteOffset + data.length),
}));
const input = fs.readFileSync(0);
const values = new Float32Array(input.buffer.slice(input.byteOffset, input.byteOffset + input.length));
const outputs = model.execute(tf.tensor(values, JSON.parse(shape)));
const y = await (Array.isArray(outputs) ? outputs[0] : outputs).data();
fs.writeSync(1, new Uint8Array(y.buffer, y.byteOffset, y.byteLength));
