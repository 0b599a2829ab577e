// Runs exported models in ONNX Runtime and compares the outputs: first `Strata.Bench onnx FOLDER`, then
// npm install --ignore-scripts onnxruntime-node && node onnx_runtime.mjs FOLDER
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const ort = createRequire(join(process.cwd(), "package.json"))("onnxruntime-node");
const folder = process.argv[2];

function npy(path) {
  const bytes = readFileSync(path);
  const length = bytes.readUInt16LE(8);
  const header = bytes.toString("latin1", 10, 10 + length);
  const dims = header.match(/'shape': \(([^)]*)\)/)[1].split(",").filter((s) => s.trim()).map(Number);
  const data = bytes.buffer.slice(bytes.byteOffset + 10 + length, bytes.byteOffset + bytes.length);
  return header.includes("'<i4'") ? { dims, type: "int32", data: new Int32Array(data) } : { dims, type: "float32", data: new Float32Array(data) };
}

let worst = 0;
for (const file of readdirSync(folder).filter((f) => f.endsWith(".onnx")).sort()) {
  const name = join(folder, file.slice(0, -5));
  const session = await ort.InferenceSession.create(name + ".onnx");
  const y = npy(name + "-y.npy");
  const inputs = session.inputNames.map((input, i) => [input, npy(`${name}-x${i + 1}.npy`)]);
  const outputs = await session.run(Object.fromEntries(inputs.map(([input, x]) => [input, new ort.Tensor(x.type, x.data, x.dims)])));
  const actual = outputs[session.outputNames[0]];
  let error = 0;
  let largest = 0;
  for (let i = 0; i < y.data.length; i++) {
    error = Math.max(error, Math.abs(actual.data[i] - y.data[i]));
    largest = Math.max(largest, Math.abs(y.data[i]));
  }
  if (actual.dims.join() !== y.dims.join()) error = Infinity;
  console.log(`${file}: output [${actual.dims}], largest error ${(error / largest).toExponential(1)} of the largest value`);
  worst = Math.max(worst, error / largest);
}
process.exit(worst <= 1e-4 ? 0 : 1);
