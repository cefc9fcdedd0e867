const EMAIL = /[^\s@<>"']+@[^\s@<>"']+\.[^\s@<>"']+/g;
/** Card, account and telephone numbers as people group them. */
const GROUPED_DIGITS = /\+?\d(?:[\s().-]{0,2}\d){7,}/g;
const WORD = /[^\s,;:()[\]{}<>"'`=]+/g;

/**
 * A text without what belongs to one case only: e-mail addresses become `@`; card and telephone numbers, order numbers,
 * hashes and keys become `#`. Amounts and years stay.
 */
export function maskText(text: string): string {
  return text
    .replace(EMAIL, "@")
    .replace(GROUPED_DIGITS, (found) => (AMOUNT.test(found) ? found : "#"))
    .replace(WORD, (word) => (isIdentifier(word) ? "#" : word));
}

/** 1,234,567.50 or 2026-11-21, not 4111-1111-1111-1111. */
const AMOUNT = /^\d{1,3}(?:,\d{3})+(?:\.\d+)?$|^\d{4}-\d\d-\d\d$/;
const PLAIN_NUMBER = /^[$€£]?-?\d{1,7}(?:\.\d{1,2})?[.!?%]?$/;

function isIdentifier(word: string): boolean {
  if (PLAIN_NUMBER.test(word) || AMOUNT.test(word.replace(/^[$€£]|[.!?%]$/g, ""))) return false;
  const digits = word.replaceAll(/\D/g, "").length;
  const length = word.length;
  return digits >= 4 || (digits > 0 && length >= 12) || (length >= 32 && /^[\w+/=.-]+$/.test(word));
}
