// Times ONNX Runtime on the models of export_onnx.py: a JSON object a line, {"workload", "seconds"} (the median of a run).
//
//   npm install --ignore-scripts onnxruntime-node     (in a folder of your own; NODE_PATH does not work for modules)
//   node onnx_workloads.mjs FOLDER [--threads N] [--seconds S] [--only NAME]
import { createRequire } from 'node:module';
import path from 'node:path';

const { InferenceSession, Tensor } = createRequire(path.join(process.cwd(), 'package.json'))('onnxruntime-node');
const [folder, ...rest] = process.argv.slice(2);
const option = (name, otherwise) => rest.includes(name) ? Number(rest[rest.indexOf(name) + 1]) : otherwise;
const threads = option('--threads', 2), seconds = option('--seconds', 3);
const shapes = { vgg16: [1, 3, 224, 224], resnet50: [1, 3, 224, 224], dqn: [1, 4, 84, 84] };

const only = rest.includes('--only') ? rest[rest.indexOf('--only') + 1] : null;

for (const [name, shape] of Object.entries(shapes)) {
  if (only && only !== name) continue;
  const session = await InferenceSession.create(path.join(folder, `${name}.onnx`), { intraOpNumThreads: threads, interOpNumThreads: 1 });
  const x = new Tensor('float32', Float32Array.from({ length: shape.reduce((a, b) => a * b) }, Math.random), shape);
  for (let i = 0; i < 3; i++) await session.run({ x });
  const times = [];
  for (const end = performance.now() + 1000 * seconds; times.length < 5 || performance.now() < end;) {
    const start = performance.now();
    await session.run({ x });
    times.push((performance.now() - start) / 1000);
  }
  times.sort((a, b) => a - b);
  console.log(JSON.stringify({ workload: name, seconds: times[Math.floor(times.length / 2)], best: times[0] }));
}
