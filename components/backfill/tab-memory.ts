const PREFIX = "kakehashi-backfill-";

/** What this tab keeps until it is closed, so that an offer outlives a reload. Null where nothing is kept, or nothing may be. */
export function readInTab(name: string): string | null {
  try {
    return window.sessionStorage.getItem(PREFIX + name);
  } catch {
    // A browser that lets nothing be stored: the offer then ends with the page.
    return null;
  }
}

export function keepInTab(name: string, value: string): void {
  try {
    window.sessionStorage.setItem(PREFIX + name, value);
  } catch {
    // As above, or full
  }
}
