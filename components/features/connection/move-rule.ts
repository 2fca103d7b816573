/** The list with one entry moved up (-1) or down (1); at an end nothing moves. */
export function moveRule<Entry>(entries: readonly Entry[], place: number, by: -1 | 1): Entry[] {
  const next = [...entries];
  const [moved] = next.splice(place, 1);
  const target = place + by;
  if (moved === undefined || target < 0 || target > next.length) return [...entries];
  next.splice(target, 0, moved);
  return next;
}
