import { isAbsolute, normalize } from "node:path";
import { readConfig } from "@/lib/config";

/** Where the policy folders stand in the repository that patches are for. */
export function policiesPath(): string {
  const { PROMOTION_POLICIES_PATH, POLICIES_DIR } = readConfig();
  if (PROMOTION_POLICIES_PATH) return PROMOTION_POLICIES_PATH;
  const path = normalize(POLICIES_DIR).replaceAll("\\", "/").replace(/\/$/, "");
  return isAbsolute(POLICIES_DIR) || path.startsWith("..") ? "policies" : path;
}
