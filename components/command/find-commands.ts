/** Something the palette can do: go to an address, or run an action. */
export type Command = {
  id: string;
  group: "actions" | "pages" | "records";
  label: string;
  /** Further words it is found by */
  words: string;
  /** Quiet text at the right */
  aside?: string;
  href?: string;
  run?: () => void;
};

/** Half- and full-width letters, and hiragana and katakana, are the same to somebody who searches. */
function fold(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\u30a1-\u30f6]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60));
}

/** The commands that carry every word of `typed`, those whose label begins with it first; all of them for an empty text. */
export function findCommands(commands: readonly Command[], typed: string): Command[] {
  const words = fold(typed).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...commands];
  const found = commands.filter((command) => {
    const text = fold(`${command.label} ${command.words}`);
    return words.every((word) => text.includes(word));
  });
  const begins = (command: Command) => (fold(command.label).startsWith(words[0] ?? "") ? 0 : 1);
  return found.toSorted((a, b) => begins(a) - begins(b));
}
