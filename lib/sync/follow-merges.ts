import type { Batch } from "./batch-work";
import type { Whereabouts } from "./confirm-absent";

export async function followMerges(_batch: Batch, _where: Whereabouts): Promise<void> {}
