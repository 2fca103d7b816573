/** One measured line beside its target; `target` null: printed only. `met` null: not judged. */
export type Measure = { what: string; measured: number; unit: string; target: number | null; met: boolean | null };

/** What a benchmark answers: its lines, and free text blocks (call lists, notes) in print order. */
export type BenchResult = { measures: Measure[]; details: Record<string, unknown> };

export type BenchOptions = {
  /** A tenth of the size */
  quick: boolean;
  /** Folder for logs and databases, removed at the end */
  folder: string;
};

export type Bench = { name: string; title: string; run(options: BenchOptions): Promise<BenchResult> };

/** A line whose target is a ceiling. */
export function atMost(what: string, measured: number, target: number, unit: string): Measure {
  return { what, measured: round(measured), unit, target, met: measured <= target };
}

/** A line without a target. */
export function noted(what: string, measured: number, unit: string): Measure {
  return { what, measured: round(measured), unit, target: null, met: null };
}

export function printMeasures(measures: readonly Measure[]): void {
  const rows = measures.map((m) => [
    m.what,
    `${m.measured} ${m.unit}`,
    m.target === null ? "" : `≤ ${m.target}`,
    m.met === null ? "" : m.met ? "met" : "MISSED",
  ]);
  printTable(["", "measured", "target", ""], rows);
}

/** Columns as wide as their widest cell; all but the first are set to the right. */
export function printTable(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => (row[i] ?? "").length)));
  const line = (cells: readonly string[]): string =>
    cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join("  ");
  console.log(`\n  ${line(head).trimEnd()}`);
  for (const row of rows) console.log(`  ${line(row).trimEnd()}`);
}

function round(value: number): number {
  return Number(value.toPrecision(value >= 1000 ? 5 : 3));
}
