const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** The organisation, and the user behind the fixed session id. */
export const ORG_ID = addSuffix("00D000000000001");
/** The "master" record type that every describe names. */
export const MASTER_RECORD_TYPE = "012000000000000AAA";

/** Makes the 18-character form: three checking letters, one per five characters, 1 bit per capital letter. */
export function addSuffix(id15: string): string {
  let suffix = "";
  for (let block = 0; block < 3; block++) {
    let bits = 0;
    for (let i = 0; i < 5; i++) {
      const char = id15[block * 5 + i] ?? "";
      if (char >= "A" && char <= "Z") bits |= 1 << i;
    }
    suffix += ALPHABET[bits];
  }
  return id15 + suffix;
}

/** The `n`-th id of an object; ids of one object sort in the order of `n` (ASCII order of base 62). */
export function makeId(keyPrefix: string, n: number): string {
  let rest = n;
  let tail = "";
  while (rest > 0) {
    tail = BASE62[rest % 62] + tail;
    rest = Math.floor(rest / 62);
  }
  return addSuffix(`${keyPrefix}Kh0000${tail.padStart(6, "0")}`);
}

/** 15 or 18 characters in, 18 out; undefined when it is no id at all. */
export function normaliseId(value: unknown): string | undefined {
  if (typeof value !== "string" || !/^[A-Za-z0-9]{15}([A-Za-z0-9]{3})?$/.test(value)) return undefined;
  return value.length === 15 ? addSuffix(value) : value.slice(0, 15) + value.slice(15).toUpperCase();
}
