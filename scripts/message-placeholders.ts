/** What a message takes: its arguments ("count:plural") and tags ("<b>"), each once, sorted. */
export type Placeholders = string[];

/**
 * Reads the arguments and tags of an ICU message, also those inside plural and select branches.
 *
 * @throws Error when the braces do not match.
 */
export function readPlaceholders(message: string): Placeholders {
  const found = new Set<string>();
  const reader = new MessageReader(message, found);
  reader.readText(0);
  return [...found].sort();
}

const BRANCHING = ["plural", "select", "selectordinal"];

class MessageReader {
  #at = 0;
  readonly #text: string;
  readonly #found: Set<string>;

  constructor(text: string, found: Set<string>) {
    this.#text = text;
    this.#found = found;
  }

  /** Reads text up to the end, or inside a branch (`depth` > 0) up to its closing brace. */
  readText(depth: number): void {
    while (this.#at < this.#text.length) {
      const char = this.#text[this.#at];
      if (char === "'") this.#skipQuoted();
      else if (char === "<") this.#readTag();
      else if (char === "{") this.#readArgument(depth);
      else if (char === "}") {
        if (depth === 0) throw new Error("a closing brace too many");
        return;
      } else this.#at++;
    }
    if (depth > 0) throw new Error("a closing brace is missing");
  }

  /** In ICU a single quote before a brace quotes up to the next single quote; elsewhere it is an apostrophe. */
  #skipQuoted(): void {
    const quoted = /^'[{}][^']*'|^''|^'/.exec(this.#text.slice(this.#at));
    this.#at += quoted?.[0].length ?? 1;
  }

  #readTag(): void {
    const tag = /^<\/?([A-Za-z][\w-]*)\s*\/?>/.exec(this.#text.slice(this.#at));
    if (tag?.[1]) this.#found.add(`<${tag[1]}>`);
    this.#at += tag?.[0].length ?? 1;
  }

  #readArgument(depth: number): void {
    const head = /^\{\s*([\w-]+)\s*(?:,\s*(\w+)\s*)?/.exec(this.#text.slice(this.#at));
    if (!head?.[1]) throw new Error(`an argument without a name at ${this.#at}`);
    this.#at += head[0].length;
    this.#found.add(head[2] ? `${head[1]}:${head[2]}` : head[1]);
    if (head[2] && BRANCHING.includes(head[2])) this.#readBranches(depth);
    else this.#at = this.#indexOf("}");
    this.#expect("}");
  }

  #readBranches(depth: number): void {
    while (this.#text[this.#at] !== "}") {
      this.#at = this.#indexOf("{");
      this.#expect("{");
      this.readText(depth + 1);
      this.#expect("}");
      this.#at += /^\s*/.exec(this.#text.slice(this.#at))?.[0].length ?? 0;
    }
  }

  #indexOf(char: string): number {
    const index = this.#text.indexOf(char, this.#at);
    if (index < 0) throw new Error(`a "${char}" is missing`);
    return index;
  }

  #expect(char: string): void {
    if (this.#text[this.#at] !== char) throw new Error(`a "${char}" is missing`);
    this.#at++;
  }
}
