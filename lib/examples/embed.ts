import { BUILTIN_EMBEDDER, type EmbedInput, embedBuiltin } from "./embedder-builtin";

/** A draft's vector with the name of what made it: neighbours are only sought among the same name. */
export type Embedding = { embedder: string; vector: Float32Array };

/** The vector kept on the draft from its submission on. Synchronous, so it can run inside the request. */
export function embedDraft(input: EmbedInput): Embedding {
  return { embedder: BUILTIN_EMBEDDER, vector: embedBuiltin(input) };
}

/**
 * A vector as a binary query parameter for a pgvector `vector` (write `$1::vector`): int16 dimensions, int16
 * zero, then big-endian float4, as `vector_recv` of pgvector reads it. A third of the size of its text form.
 */
export function toVectorParam(vector: Float32Array): Buffer {
  const wire = Buffer.allocUnsafe(4 + 4 * vector.length);
  wire.writeInt16BE(vector.length, 0);
  wire.writeInt16BE(0, 2);
  for (let index = 0; index < vector.length; index++)
    wire.writeFloatBE(vector[index] as number, 4 + 4 * index);
  return wire;
}
