const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

/**
 * The 18-character form of a Salesforce id, as the API and our rows have it. People also copy the 15-character form from
 * addresses and reports; its case matters, and three letters more tell which of each five are capitals.
 */
export function toLongId(id: string): string {
  if (id.length !== 15) return id;
  const suffix = [0, 5, 10].map((start) => {
    const bits = [...id.slice(start, start + 5)].map((letter, place) => (/[A-Z]/.test(letter) ? 1 << place : 0));
    return LETTERS[bits.reduce((sum, bit) => sum + bit, 0)];
  });
  return id + suffix.join("");
}
