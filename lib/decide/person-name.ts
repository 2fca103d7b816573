const JAPANESE = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;

/** The name of a person as it is written in its own script: in kana and kanji the family name stands first, everywhere. */
export function nameOfPerson(given: string | null | undefined, family: string | null | undefined): string {
  const parts = [given, family].map((part) => part?.trim() ?? "").filter((part) => part !== "");
  return (parts.some((part) => JAPANESE.test(part)) ? parts.toReversed() : parts).join(" ");
}
