import { type AskedEmbedder, askEmbedder, EmbedderError } from "./ask-embedder";

const PROBE = "Is anybody there?";

/**
 * The vectors of `texts`, in their order; null for a text that the endpoint refuses while it takes others (too long for
 * its model, blocked by its filter), so that one text cannot hold up all.
 * @throws EmbedderError when it takes none.
 */
export async function embedTexts(asked: AskedEmbedder, texts: string[]): Promise<(Float32Array | null)[]> {
  try {
    return await askEmbedder(asked, texts);
  } catch (error) {
    if (!(error instanceof EmbedderError && error.isRefusal)) throw error;
    // Does it refuse these texts, or everything?
    await askEmbedder(asked, [PROBE]).catch((cause) => {
      throw cause instanceof EmbedderError && cause.isRefusal ? error : cause;
    });
    return embedInHalves(asked, texts);
  }
}

async function embedInHalves(asked: AskedEmbedder, texts: string[]): Promise<(Float32Array | null)[]> {
  if (texts.length === 1) return [null];
  const middle = texts.length >> 1;
  const vectors: (Float32Array | null)[] = [];
  for (const half of [texts.slice(0, middle), texts.slice(middle)]) {
    try {
      vectors.push(...(await askEmbedder(asked, half)));
    } catch (error) {
      if (!(error instanceof EmbedderError && error.isRefusal)) throw error;
      vectors.push(...(await embedInHalves(asked, half)));
    }
  }
  return vectors;
}
