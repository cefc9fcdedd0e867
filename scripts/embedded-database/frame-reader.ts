/** Longest message a client may send. A draft with all its evidence is below 2 MB. */
export const MAX_FRAME_BYTES = 256 * 1024 * 1024;

/**
 * Cuts a byte stream into PostgreSQL protocol messages, however TCP split or joined them.
 * Bytes are joined once per message, so a message of many megabytes costs one copy.
 */
export class FrameReader {
  private chunks: Buffer[] = [];
  private size = 0;

  push(chunk: Buffer): void {
    this.chunks.push(chunk);
    this.size += chunk.length;
  }

  /**
   * The next whole message including its header, or null when more bytes are needed.
   * `typed` is false only for the start-up packet, which has no type byte.
   * Throws RangeError on a length no message can have.
   */
  next(typed: boolean): Buffer | null {
    const headerBytes = typed ? 5 : 4;
    if (this.size < headerBytes) return null;
    const head = this.joined(headerBytes);
    const length = head.readInt32BE(headerBytes - 4);
    if (length < 4 || length > MAX_FRAME_BYTES) throw new RangeError(`invalid message length ${length}`);
    const total = length + headerBytes - 4;
    if (this.size < total) return null;
    const all = this.joined(total);
    this.chunks[0] = all.subarray(total);
    if (all.length === total) this.chunks.shift();
    this.size -= total;
    return all.subarray(0, total);
  }

  /** The first chunk, grown to at least `bytes` by joining as many chunks as that takes. */
  private joined(bytes: number): Buffer {
    const [first] = this.chunks;
    if (first && first.length >= bytes) return first;
    let length = 0;
    let count = 0;
    while (length < bytes) length += this.chunks[count++]?.length ?? bytes;
    const all = Buffer.concat(this.chunks.slice(0, count));
    this.chunks.splice(0, count, all);
    return all;
  }
}
