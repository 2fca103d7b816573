/** A pool that grew past this holds mostly texts which nobody shares; what comes later is kept where it is. */
const MAX_TEXTS = 200_000;

/**
 * A copy that stands alone. A text that was put together or cut out keeps its parts alive in the engine: a phone number
 * then takes 200 bytes instead of 32.
 */
export function flatten(text: string): string {
  return Buffer.from(text).toString();
}

/** Keeps each text once, however many records carry it. */
export class TextPool {
  private readonly texts = new Map<string, string>();

  keep(text: string): string {
    const kept = this.texts.get(text);
    if (kept !== undefined || this.texts.size >= MAX_TEXTS) return kept ?? text;
    const flat = flatten(text);
    this.texts.set(flat, flat);
    return flat;
  }
}
