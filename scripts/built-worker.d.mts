export const WORKER_FOLDER: string;
export const MANIFEST: string;
export function hashFiles(files: string[]): string | null;
export function findBuiltWorker(): string | null;
