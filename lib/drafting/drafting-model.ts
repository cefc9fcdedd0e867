import { type Config, readConfig } from "@/lib/config";
import { CountersignError } from "@/lib/errors";
import { type Endpoint, OPENAI_URL } from "@/lib/outgoing/open-endpoint";

/** The model that writes drafts, and the OpenAI-compatible endpoint that has it. */
export interface DraftingModel extends Endpoint {
  name: string;
}

type Settings = Pick<Config, "DRAFTING_MODEL" | "OPENAI_API_KEY" | "OPENAI_BASE_URL">;

/** The model that `settings` name; null when they name none, or neither a key nor an endpoint of one's own. */
function draftingModelOf(settings: Settings): DraftingModel | null {
  const { DRAFTING_MODEL: name, OPENAI_API_KEY: apiKey = null, OPENAI_BASE_URL: baseUrl } = settings;
  if (!name || (apiKey === null && !baseUrl)) return null;
  return { name, baseUrl: baseUrl ?? OPENAI_URL, apiKey };
}

/** The model that this process is configured with. */
export const findDraftingModel = (): DraftingModel | null => draftingModelOf(readConfig());

/** @throws CountersignError `not_configured` that says what to set. */
export function requireDraftingModel(): DraftingModel {
  const model = findDraftingModel();
  if (model) return model;
  throw new CountersignError(
    "not_configured",
    "No model is set up to write drafts. Set DRAFTING_MODEL, and OPENAI_API_KEY or OPENAI_BASE_URL, for the web server and the worker.",
  );
}
