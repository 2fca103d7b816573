/** CPU and wall-clock seconds of one piece of work in this process. */
export type Usage = { cpuSeconds: number; wallSeconds: number; records: number };

/** Measures `work`, which answers how many records it dealt with. */
export async function measureUsage(work: () => Promise<number>): Promise<Usage> {
  const cpu = process.cpuUsage();
  const started = performance.now();
  const records = await work();
  const { user, system } = process.cpuUsage(cpu);
  return { cpuSeconds: (user + system) / 1e6, wallSeconds: (performance.now() - started) / 1_000, records };
}
