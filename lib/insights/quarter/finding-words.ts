/** `1 draft`, `1,200 drafts`. */
export const count = (many: number, one: string, more = `${one}s`) =>
  `${many.toLocaleString("en-US")} ${many === 1 ? one : more}`;

/** A rule of an action type, as findings name it. */
export const ruleWords = (title: string, rule: string) => `${title}, rule “${rule}”`;

/** The query of an address. */
export const query = (entries: Record<string, string>) => new URLSearchParams(entries).toString();

/** Where the policy of an action type is shown. */
export const policyPath = (actionType: string) => `/organisation/policies/${encodeURIComponent(actionType)}`;
