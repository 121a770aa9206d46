// Writes the scaled-down SDXL checkpoint that the generation tests use too: F16 numbers by a formula, so that no weights are stored.
//   node tinyCheckpoint.mjs FILE
import fs from 'node:fs';
import path from 'node:path';

const table = path.resolve(import.meta.dirname, '../Kohaku.Generation.Tests/Golden/checkpoint.tsv');

/** FNV-1a of a name, as its two halves. */
function hashOf(name) {
  let hash = 0xCBF29CE484222325n;
  for (const byte of Buffer.from(name)) { hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001B3n); }
  return [Number(hash >> 32n), Number(hash & 0xFFFFFFFFn)];
}

/** The upper half of the product of two unsigned 32-bit numbers. */
function upper(a, b) {
  const [ah, al, bh, bl] = [a >>> 16, a & 0xFFFF, b >>> 16, b & 0xFFFF];
  const middle = ah * bl + ((al * bl) >>> 16);
  const other = al * bh + (middle & 0xFFFF);
  return (ah * bh + Math.floor(middle / 0x10000) + Math.floor(other / 0x10000)) >>> 0;
}

/** The numbers of a tensor as halves: splitmix64 of hash and index, in two 32-bit halves, since the engine's own 64-bit numbers take minutes. */
function halves(name, count, scale, offset) {
  const out = new Uint16Array(count);
  let [high, low] = hashOf(name);
  const [goldenHigh, goldenLow] = [0x9E3779B9, 0x7F4A7C15];
  for (let i = 0; i < count; i++) {
    const sum = low + goldenLow;
    high = (high + goldenHigh + (sum > 0xFFFFFFFF ? 1 : 0)) >>> 0;
    low = sum >>> 0;
    let [h, l] = [high, low];
    [h, l] = [h ^ (h >>> 30), l ^ ((l >>> 30) | (h << 2))];
    [h, l] = times(h, l, 0xBF58476D, 0x1CE4E5B9);
    [h, l] = [h ^ (h >>> 27), l ^ ((l >>> 27) | (h << 5))];
    [h] = times(h, l, 0x94D049BB, 0x133111EB);
    h ^= h >>> 31;
    out[i] = halfOf(Math.fround(offset + scale * ((h >>> 8) * 2 ** -23 - 1)));
  }
  return out;
}

function times(ah, al, bh, bl) {
  return [(upper(al >>> 0, bl) + Math.imul(ah, bl) + Math.imul(al, bh)) >>> 0, Math.imul(al, bl) >>> 0];
}

const single = new Float32Array(1);
const bits = new Uint32Array(single.buffer);

/** The nearest half, even where two are as near. */
function halfOf(value) {
  single[0] = value;
  const sign = (bits[0] >>> 16) & 0x8000;
  const exponent = ((bits[0] >>> 23) & 0xFF) - 112;
  const mantissa = bits[0] & 0x7FFFFF;
  if (exponent >= 31) { return sign | 0x7C00; }
  if (exponent <= 0) {
    const scaled = Math.abs(value) * 2 ** 24;
    const floor = Math.floor(scaled);
    const rest = scaled - floor;
    return sign | (rest > 0.5 || (rest === 0.5 && (floor & 1) === 1) ? floor + 1 : floor);
  }
  const whole = (exponent << 10) | (mantissa >>> 13);
  const rest = mantissa & 0x1FFF;
  return sign | (rest > 0x1000 || (rest === 0x1000 && (whole & 1) === 1) ? whole + 1 : whole);
}

/** Writes the checkpoint; the folder is there. */
export function writeTinyCheckpoint(file) {
  const tensors = fs.readFileSync(table, 'utf8').trim().split(/\r?\n/).slice(1).map(line => {
    const [name, shape, scale, offset] = line.split('\t');
    return { name, shape: shape.split(',').map(Number), scale: Number(scale), offset: Number(offset) };
  });
  const header = { __metadata__: { format: 'pt' } };
  let end = 0;
  for (const tensor of tensors) {
    tensor.count = tensor.shape.reduce((product, side) => product * side, 1);
    header[tensor.name] = { dtype: 'F16', shape: tensor.shape, data_offsets: [end, end += tensor.count * 2] };
  }
  const text = Buffer.from(JSON.stringify(header));
  const padded = Buffer.concat([text, Buffer.alloc((8 - text.length % 8) % 8, ' ')]);
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(padded.length));
  const out = fs.openSync(file, 'w');
  try {
    fs.writeSync(out, length);
    fs.writeSync(out, padded);
    for (const { name, count, scale, offset } of tensors) { fs.writeSync(out, new Uint8Array(halves(name, count, scale, offset).buffer)); }
  } finally {
    fs.closeSync(out);
  }
}

if (import.meta.filename === process.argv[1]) { writeTinyCheckpoint(process.argv[2]); }
