import { existsSync, readFileSync } from "node:fs";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

/** A change is on disk within 1 s at sample-data size: 500 ms of collecting changes, then the write. */
const QUIET_MS = 500;

/**
 * Keeps a server's state in one JSON file. Without a file every method does nothing.
 * The write goes to a neighbour file first and is renamed, so that a crash never leaves half a state.
 */
export class Snapshot {
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> = Promise.resolve();
  private lastWriteMs = 0;

  constructor(
    private readonly file: string | undefined,
    private readonly collect: () => unknown,
  ) {}

  /** The saved state, or undefined when there is none. Throws when the file is there but not JSON. */
  load(): unknown {
    if (this.file === undefined || !existsSync(this.file)) return undefined;
    return JSON.parse(readFileSync(this.file, "utf8"));
  }

  /** Tells that the state changed; saves soon. */
  touch(): void {
    if (this.file === undefined || this.timer !== undefined) return;
    // With 100,000+ records one write takes seconds; waiting 4x as long keeps the server usable.
    const wait = Math.max(QUIET_MS, this.lastWriteMs * 4);
    this.timer = setTimeout(() => {
      this.timer = undefined;
      // A state of about 300,000 records no longer fits into one text; the server itself must go on.
      this.save().catch((error: Error) => console.error(`the state could not be saved: ${error.message}`));
    }, wait);
    this.timer.unref();
  }

  /** Saves at once and waits for it. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    await this.save();
  }

  private save(): Promise<void> {
    const file = this.file;
    if (file === undefined) return Promise.resolve();
    const before = this.writing.catch(() => {});
    this.writing = before.then(async () => {
      const started = performance.now();
      await mkdir(dirname(file), { recursive: true });
      await writeFile(`${file}.part`, JSON.stringify(this.collect()));
      await rename(`${file}.part`, file);
      this.lastWriteMs = performance.now() - started;
    });
    return this.writing;
  }
}
