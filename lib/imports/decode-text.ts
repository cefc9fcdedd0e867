/** What windows-1252 has at 0x80 to 0x9f; the five it leaves open stand for themselves, as in browsers. */
const HIGH = "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ";

/**
 * A decoder for an encoding by any of its names; it throws on bytes that mean nothing there. Windows-1252 is decoded
 * here: Node 20's own takes it for Latin-1, and so loses the euro and every curly quote.
 */
export function decoderFor(label: string): { encoding: string; decode: (bytes: Uint8Array) => string } {
  const decoder = new TextDecoder(label, { fatal: true, ignoreBOM: true });
  const { encoding } = decoder;
  if (encoding !== "windows-1252") return { encoding, decode: (bytes) => decoder.decode(bytes) };
  const decode = (bytes: Uint8Array) =>
    Buffer.from(bytes)
      .toString("latin1")
      .replace(/[\u0080-\u009f]/g, (char) => HIGH[char.charCodeAt(0) - 0x80]!);
  return { encoding, decode };
}
