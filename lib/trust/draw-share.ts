import { randomInt } from "node:crypto";

const PARTS = 1_000_000;

/**
 * Whether this one is drawn, when a share (0 to 1) of all are: each by itself, from the system's cryptographic source, so
 * that whoever knows every draw so far knows nothing of the next. Exact to a millionth.
 */
export const drawShare = (share: number): boolean => randomInt(PARTS) < Math.round(share * PARTS);
