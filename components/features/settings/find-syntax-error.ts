const TOKEN = /\s*(?:([{}[\]:,])|("(?:[^"\\\n]|\\.)*")|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.]))/y;

type Wanted = "value" | "value_or_end" | "key" | "key_or_end" | "colon" | "comma" | "nothing";

/**
 * The line (from 1) of the first thing in a text that is no JSON; its last line where something is missing. Browsers tell
 * the place each in its own words, or not at all.
 */
export function findSyntaxError(text: string): number {
  const open: string[] = [];
  let wanted: Wanted = "value";
  TOKEN.lastIndex = 0;
  let end = 0;
  for (let token = TOKEN.exec(text); token; token = TOKEN.exec(text)) {
    const [, sign = "", string] = token;
    const next = step(wanted, sign === "" ? (string === undefined ? "scalar" : "string") : sign, open);
    if (next === null) break;
    wanted = next;
    end = TOKEN.lastIndex;
  }
  const rest = text.slice(end);
  const upTo = end + (rest.trim() === "" ? 0 : rest.length - rest.trimStart().length);
  return text.slice(0, upTo).split("\n").length;
}

/** What may come after this token; null when it may not stand here. `open`: the brackets that are open. */
function step(wanted: Wanted, token: string, open: string[]): Wanted | null {
  const close = () => {
    open.pop();
    return afterValue(open);
  };
  const top = open.at(-1);
  if ((token === "}" && top === "{") || (token === "]" && top === "[")) {
    const mayEnd = wanted === "comma" || wanted === (token === "}" ? "key_or_end" : "value_or_end");
    return mayEnd ? close() : null;
  }
  switch (wanted) {
    case "value":
    case "value_or_end":
      if (token === "{" || token === "[") {
        open.push(token);
        return token === "{" ? "key_or_end" : "value_or_end";
      }
      return token === "string" || token === "scalar" ? afterValue(open) : null;
    case "key":
    case "key_or_end":
      return token === "string" ? "colon" : null;
    case "colon":
      return token === ":" ? "value" : null;
    case "comma":
      return token === "," ? (top === "{" ? "key" : "value") : null;
    case "nothing":
      return null;
  }
}

function afterValue(open: string[]): Wanted {
  return open.length === 0 ? "nothing" : "comma";
}
