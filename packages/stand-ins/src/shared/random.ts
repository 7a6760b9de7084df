/** A 32 bit hash of a text (FNV-1a), the same on every machine. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash ^= text.charCodeAt(index);
    hash = Math.imul(hash, 0x01000193);
  }
  return hash >>> 0;
}

/** Mixes two integers into one 32 bit integer with no visible pattern. */
export function mix(seed: number, index: number): number {
  let value = (seed ^ Math.imul(index + 1, 0x9e3779b1)) >>> 0;
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}

/** A number in [0, 1) that belongs to the seed and the index. */
export function unitValue(seed: number, index: number): number {
  return mix(seed, index) / 0x100000000;
}

/** A hexadecimal text of the given length that belongs to seed and index. */
export function hexadecimal(
  seed: number,
  index: number,
  length: number,
): string {
  let text = '';
  for (let part = 0; text.length < length; part++) {
    text += mix(mix(seed, index), part).toString(16).padStart(8, '0');
  }
  return text.slice(0, length);
}
