/** Cuts a list into runs of at most `size`, in order. */
export function splitIntoBatches<T>(items: readonly T[], size: number): T[][] {
  const batches: T[][] = [];
  for (let start = 0; start < items.length; start += size) batches.push(items.slice(start, start + size));
  return batches;
}

/**
 * Runs `work` on every item, at most `limit` at once; answers come in the order of the items. After a failure nothing
 * new is started, what already runs is waited for, and the first failure is thrown: no call goes on unwatched.
 */
export async function mapLimited<T, R>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const answers = new Array<R>(items.length);
  const queue = items.entries();
  let failure: { error: unknown } | null = null;
  const runLane = async (): Promise<void> => {
    for (const [index, item] of queue) {
      if (failure) return;
      try {
        answers[index] = await work(item);
      } catch (error) {
        failure ??= { error };
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, runLane));
  if (failure !== null) throw (failure as { error: unknown }).error;
  return answers;
}
