import { createHash } from "node:crypto";
import { type Config, readConfig } from "@/lib/config";
import { type Endpoint, OPENAI_URL } from "@/lib/outgoing/open-endpoint";
import { TEXT_RECIPE } from "./embedding-text";

/** An OpenAI-compatible endpoint and the model that makes vectors there. */
export interface RemoteEmbedder extends Endpoint {
  /** Kept with each of its vectors; safe to be written into SQL as it stands. */
  name: string;
  model: string;
  /** How many numbers to ask for; null for as many as the model sends. */
  dimensions: number | null;
}

type Settings = Pick<
  Config,
  "EMBEDDING_MODEL" | "EMBEDDING_DIMENSIONS" | "OPENAI_BASE_URL" | "OPENAI_API_KEY"
>;

/**
 * The embedder that `settings` ask for; null when the built-in one has to do. Its name tells apart whatever makes its
 * vectors incomparable: model, dimensions, endpoint, and what is sent of a draft.
 */
export function remoteEmbedderOf(settings: Settings): RemoteEmbedder | null {
  const { EMBEDDING_MODEL: model, EMBEDDING_DIMENSIONS: dimensions = null } = settings;
  if (!model) return null;
  const baseUrl = (settings.OPENAI_BASE_URL ?? OPENAI_URL).replace(/\/+$/, "");
  const about = createHash("sha256").update(JSON.stringify([model, dimensions, baseUrl, TEXT_RECIPE]));
  const readable = model.replaceAll(/[^\w.:/+-]/g, "_") + (dimensions === null ? "" : `:${dimensions}`);
  return {
    name: `${readable}@${about.digest("hex").slice(0, 8)}`,
    model,
    baseUrl,
    apiKey: settings.OPENAI_API_KEY ?? null,
    dimensions,
  };
}

const SETTINGS = [
  "EMBEDDING_MODEL",
  "EMBEDDING_DIMENSIONS",
  "OPENAI_BASE_URL",
  "OPENAI_API_KEY",
] as const satisfies readonly (keyof Settings)[];

let own: { settings: string; remote: RemoteEmbedder | null } | undefined;

/** The embedder that this process is configured with. Settings are parsed again only when they changed. */
export function configuredEmbedder(): RemoteEmbedder | null {
  const settings = SETTINGS.map((name) => process.env[name]).join("\n");
  if (own?.settings !== settings) own = { settings, remote: remoteEmbedderOf(readConfig()) };
  return own.remote;
}
