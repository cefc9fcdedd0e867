const SLOTS = 16_384;
const MAX_FEATURES = 12_000;
const SUBLINEAR = Float32Array.from({ length: 256 }, (_, count) => (count ? 1 + Math.log(count) : 0));

/**
 * Counts hashed features, then folds them into a vector by signed hashing (Weinberger et al., 2009): the
 * hash gives dimension and sign, the weight grows with 1 + log(count). Reused between calls without
 * allocating, hence one per process and never across an await.
 */
export class FeatureSketch {
  private readonly hashes = new Int32Array(SLOTS);
  private readonly counts = new Uint8Array(SLOTS);
  private readonly weights = new Float32Array(SLOTS);
  private readonly used = new Int32Array(MAX_FEATURES);
  private readonly folded: Float32Array;
  private size = 0;

  /** `dimensions` is a power of two. */
  constructor(private readonly dimensions: number) {
    this.folded = new Float32Array(dimensions);
  }

  /** Counts one occurrence; a feature keeps the largest weight it came with. */
  add(hash: number, weight: number): void {
    const mixed = mix(hash);
    let slot = (mixed >>> 10) & (SLOTS - 1);
    while (this.counts[slot] !== 0 && this.hashes[slot] !== mixed) slot = (slot + 1) & (SLOTS - 1);
    const count = this.counts[slot] as number;
    if (count === 0) {
      if (this.size === MAX_FEATURES) return;
      this.used[this.size++] = slot;
      this.hashes[slot] = mixed;
      this.weights[slot] = weight;
    } else if (weight > (this.weights[slot] as number)) {
      this.weights[slot] = weight;
    }
    if (count < 255) this.counts[slot] = count + 1;
  }

  /** Adds what was counted to `vector` as a vector of length `weight`, and starts afresh. */
  foldInto(vector: Float32Array, weight: number): void {
    const { hashes, counts, weights, used, folded, dimensions } = this;
    folded.fill(0);
    for (let index = 0; index < this.size; index++) {
      const slot = used[index] as number;
      const hash = hashes[slot] as number;
      const value = (weights[slot] as number) * (SUBLINEAR[counts[slot] as number] as number);
      const dimension = hash & (dimensions - 1);
      folded[dimension] = (folded[dimension] as number) + (hash & dimensions ? value : -value);
      counts[slot] = 0;
    }
    this.size = 0;
    let squares = 0;
    for (let index = 0; index < dimensions; index++) squares += (folded[index] as number) ** 2;
    if (squares === 0) return;
    const scale = weight / Math.sqrt(squares);
    for (let index = 0; index < dimensions; index++) {
      vector[index] = (vector[index] as number) + (folded[index] as number) * scale;
    }
  }
}

/** MurmurHash3's finaliser: every bit of the sum below decides dimension, sign and slot. */
function mix(hash: number): number {
  let mixed = hash ^ (hash >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
