// Unpacking what stands packed in the page by LZMA, which is smaller than deflate, all that browsers unpack themselves.
// The format is raw LZMA1 with lc 3, lp 0 and pb 0, after the LZMA specification of the LZMA SDK (public domain).

import { $ } from './dom.mjs';

const LC = 3;
const TOP = 2 ** 24;
const HALF = 1024;
const STATES = 12;
const fresh = (n) => new Uint16Array(n).fill(HALF);
const lengths = () => ({ choice: fresh(2), low: fresh(8), middle: fresh(8), high: fresh(256) });

/** Give the text that stands packed in the element of this id, which says how many bytes it has. @param {string} id */
export const unpacked = (id) => {
  const { textContent, dataset } = $(id);
  return new TextDecoder().decode(unpack(bytes(textContent.trim()), Number(dataset.size)));
};
// What browsers since 2025 do themselves, and others by the letter.
const bytes = (text) =>
  /** @type {any} */ (Uint8Array).fromBase64?.(text) ?? Uint8Array.from(atob(text), (one) => one.charCodeAt(0));

// What is read from: the bytes, and where reading stands (range, code, and the next byte). The functions below are made once, not
// for each text: a browser makes a function fast for as long as it is the same.
let input = new Uint8Array(0);
const R = new Uint32Array(3);
const begin = (packed) => {
  input = packed;
  R.set([0xffffffff, (packed[1] << 24) | (packed[2] << 16) | (packed[3] << 8) | packed[4], 5]);
};
// Bits that lead through a tree of chances from one number until another is reached: 1 stands above all bits read. Range and
// code are held in the function's own names meanwhile, for almost all the time is spent here.
const walk = (chances, base, from, until) => {
  let range = R[0];
  let code = R[1];
  let m = from;
  while (m < until) {
    const chance = chances[base + m];
    const bound = (range >>> 11) * chance;
    if (code < bound) {
      range = bound;
      chances[base + m] = chance + ((2048 - chance) >> 5);
      m <<= 1;
    } else {
      range -= bound;
      code -= bound;
      chances[base + m] = chance - (chance >> 5);
      m = (m << 1) | 1;
    }
    if (range < TOP) {
      range = (range << 8) >>> 0;
      code = ((code << 8) | input[R[2]]) >>> 0;
      R[2] += 1;
    }
  }
  R[0] = range;
  R[1] = code;
  return m;
};
const bit = (chances, i) => walk(chances, i - 1, 1, 2) & 1;
const tree = (chances, bits) => walk(chances, 0, 1, 1 << bits) - (1 << bits);
const reverse = (chances, base, bits) => {
  let found = 0;
  for (let m = walk(chances, base, 1, 1 << bits); m > 1; m >>= 1) found = (found << 1) | (m & 1);
  return found;
};
const direct = (bits) => {
  let found = 0;
  for (let n = 0; n < bits; n += 1) {
    R[0] >>>= 1;
    const one = R[1] >= R[0] ? 1 : 0;
    if (one) R[1] -= R[0];
    found = (found << 1) | one;
    if (R[0] < TOP) {
      R[0] <<= 8;
      R[1] = (R[1] << 8) | input[R[2]];
      R[2] += 1;
    }
  }
  return found;
};
const length = (one) => {
  if (!bit(one.choice, 0)) return tree(one.low, 3);
  return bit(one.choice, 1) ? 16 + tree(one.high, 8) : 8 + tree(one.middle, 3);
};
const distance = ({ slots, special, align }, long) => {
  const slot = tree(slots[Math.min(long, 3)], 6);
  if (slot < 4) return slot;
  const bits = (slot >> 1) - 1;
  const base = (2 | (slot & 1)) << bits;
  if (slot < 14) return base + reverse(special, base - slot, bits);
  return base + (direct(bits - 4) << 4) + reverse(align, 0, 4);
};
// A byte; after a match it is told by how it differs from the byte that stands where the match would go on.
const byte = (literal, base, other) => {
  let symbol = 1;
  for (let shift = 7; shift >= 0 && other >= 0; shift -= 1) {
    const expected = (other >> shift) & 1;
    const one = bit(literal, base + ((1 + expected) << 8) + symbol);
    symbol = (symbol << 1) | one;
    if (one !== expected) break;
  }
  return walk(literal, base, symbol, 256);
};

/** Give the bytes that were packed; `size` is how many they were. @param {Uint8Array} packed @param {number} size */
const unpack = (packed, size) => {
  begin(packed);
  const made = new Uint8Array(size);
  const literal = fresh(0x300 << LC);
  const [match, rep, rep0, rep1, rep2, repLong] = Array.from({ length: 6 }, () => fresh(STATES));
  const far = { slots: Array.from({ length: 4 }, () => fresh(64)), special: fresh(128), align: fresh(16) };
  const [matchLength, repLength] = [lengths(), lengths()];
  let [state, d0, d1, d2, d3] = [0, 0, 0, 0, 0];
  let n = 0;
  while (n < size) {
    if (!bit(match, state)) {
      made[n] = byte(literal, 0x300 * ((n ? made[n - 1] : 0) >> (8 - LC)), state < 7 ? -1 : made[n - d0 - 1]);
      n += 1;
      state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
      continue;
    }
    let long = 0;
    if (!bit(rep, state)) {
      d3 = d2;
      d2 = d1;
      d1 = d0;
      long = length(matchLength);
      state = state < 7 ? 7 : 10;
      d0 = distance(far, long);
    } else {
      if (!bit(rep0, state)) {
        if (!bit(repLong, state)) {
          state = state < 7 ? 9 : 11;
          made[n] = made[n - d0 - 1];
          n += 1;
          continue;
        }
      } else {
        let again = d1; // one of the distances of the last matches, which moves to the front
        if (bit(rep1, state)) {
          again = d2;
          if (bit(rep2, state)) {
            again = d3;
            d3 = d2;
          }
          d2 = d1;
        }
        d1 = d0;
        d0 = again;
      }
      long = length(repLength);
      state = state < 7 ? 8 : 11;
    }
    for (let k = long + 2; k > 0 && n < size; k -= 1) {
      made[n] = made[n - d0 - 1];
      n += 1;
    }
  }
  return made;
};
