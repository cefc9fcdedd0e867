export function findBrowser(): Promise<string | null>;
export function getBrowser(): Promise<string>;
