export const root: string;
export const bin: Record<"next" | "prisma" | "biome" | "tsc" | "vitest" | "playwright", string>;
export function checkNode(version?: string): void;
export function install(): Promise<string>;
export function generate(): Promise<string>;
export function build(): Promise<string>;
