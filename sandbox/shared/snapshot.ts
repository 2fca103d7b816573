import { createReadStream, createWriteStream, existsSync } from "node:fs";
import { mkdir, rename } from "node:fs/promises";
import { dirname } from "node:path";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip, createGzip } from "node:zlib";

/** A change is on disk within 1 s at sample-data size: 500 ms of collecting changes, then the write. */
const QUIET_MS = 500;
/** Lines are handed on in pieces of about this many characters. */
const PIECE = 128 * 1024;

/** One of very many things of the same kind (`part`), such as a record. */
type SavedRow = readonly [part: string, row: unknown];
/** A server's whole state: a head that fits into one text, and any number of rows. */
export type SavedState = { head: object; rows: Iterable<SavedRow> };
/** Takes over one row of a saved state. */
export type RowReader = (part: string, row: unknown) => void;

/**
 * Keeps a server's state in one file: packed JSON lines, the head first. Neither writing nor reading ever holds more of
 * it than a few lines, so that a million records survive a restart. Without a file every method does nothing.
 * The write goes to a neighbour file first and is renamed, so that a crash never leaves half a state. What changes while
 * a large state is being written may be in it or not: the change itself asks for the next save.
 */
export class Snapshot {
  private timer: NodeJS.Timeout | undefined;
  private writing: Promise<void> = Promise.resolve();
  private lastWriteMs = 0;

  constructor(
    private readonly file: string | undefined,
    private readonly collect: () => SavedState,
  ) {}

  /** Reads the saved state: `open` gets the head and answers what takes the rows. False when there is none. */
  async load(open: (head: unknown) => RowReader): Promise<boolean> {
    if (this.file === undefined || !existsSync(this.file)) return false;
    let read: RowReader | undefined;
    const unpacked = createGunzip();
    const lines = createInterface({ input: unpacked, crlfDelay: Number.POSITIVE_INFINITY });
    const reading = pipeline(createReadStream(this.file), unpacked);
    // Told below, once the lines have ended.
    reading.catch(() => {});
    for await (const line of lines) {
      if (!read) {
        read = open(JSON.parse(line));
        continue;
      }
      const [part, row] = JSON.parse(line) as SavedRow;
      read(part, row);
    }
    await reading;
    return read !== undefined;
  }

  /** Tells that the state changed; saves soon. */
  touch(): void {
    if (this.file === undefined || this.timer !== undefined) return;
    // With 100,000+ records one write takes seconds; waiting 4x as long keeps the server usable.
    const wait = Math.max(QUIET_MS, this.lastWriteMs * 4);
    this.timer = setTimeout(() => {
      this.timer = undefined;
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
      const packed = createGzip({ level: 1 });
      await pipeline(Readable.from(writeLines(this.collect())), packed, createWriteStream(`${file}.part`));
      await rename(`${file}.part`, file);
      this.lastWriteMs = performance.now() - started;
    });
    return this.writing;
  }
}

function* writeLines({ head, rows }: SavedState): Generator<string> {
  let piece = `${JSON.stringify(head)}\n`;
  for (const row of rows) {
    piece += `${JSON.stringify(row)}\n`;
    if (piece.length < PIECE) continue;
    yield piece;
    piece = "";
  }
  yield piece;
}
