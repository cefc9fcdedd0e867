const EMAIL = /[\p{L}\p{N}._%+'-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){1,6}/gu;
const IBAN = /(?<![\p{L}\p{N}])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![\p{L}\p{N}])/gu;
const LONG_NUMBER = /(?<![\p{L}\p{N}])\d(?:[ -]?\d){12,18}(?![\p{L}\p{N}])/gu;
const DIALLED = /(?<![\p{L}\p{N}#_.,:-])(?:\+ ?)?\(?\d(?:[ ()./-]{0,2}\d){6,14}(?![\p{L}\p{N}])/gu;
const WORD = /[\p{L}\p{N}#_-]{5,200}/gu;

/** Masks e-mail addresses, bank accounts, card and telephone numbers in any text. */
export const maskContacts = (text: string): string =>
  text
    .replace(EMAIL, "[email]")
    .replace(IBAN, (found) => (isIban(found.replaceAll(" ", "")) ? "[iban]" : found))
    .replace(LONG_NUMBER, (found) => (isCard(found.replaceAll(/[ -]/g, "")) ? "[card]" : found))
    .replace(DIALLED, (found) => (isPhone(found) ? "[phone]" : found));

/** Masks what names one customer, order or account: words with a run of digits, long numbers, hashes and UUIDs. */
export const maskIdentifiers = (text: string): string =>
  text.replace(WORD, (word) => (isIdentifier(word) ? "[id]" : word));

function isIdentifier(word: string): boolean {
  const digits = word.match(/\d/g)?.length ?? 0;
  if (digits < 4) return false;
  if (/\d{7}/.test(word)) return true;
  if (/^[\d-]+$/.test(word)) return false;
  return /\d{5}/.test(word) || (/[#_]/.test(word) && /\d{4}/.test(word)) || word.length >= 16;
}

/** A number with a plus, brackets or a leading zero, or grouped as 555-123-4567: not a date, an amount or an IP address. */
function isPhone(found: string): boolean {
  const digits = found.replaceAll(/\D/g, "").length;
  if (digits < 7 || digits > 15) return false;
  if (found.startsWith("+") || /\(\d/.test(found)) return true;
  if (/^(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{4}|\d{1,3}(?:\.\d{1,3}){3}$)/.test(found))
    return false;
  return /^0\d+[ /-]/.test(found) || /^(?:1[ .-])?\d{3}[ .-]\d{3}[ .-]\d{4}$/.test(found);
}

/** Whether a run of 13 to 19 digits has the check digit of a card number (Luhn). */
function isCard(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index++) {
    const digit = Number(digits[digits.length - 1 - index]);
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** Whether the check digits of an account number are right (ISO 13616, modulo 97). */
function isIban(account: string): boolean {
  let rest = 0;
  for (const letter of `${account.slice(4)}${account.slice(0, 4)}`) {
    const value = Number.parseInt(letter, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}
