export function ConnectionPage({ problem }: { problem: string | undefined }) {
  return problem ?? null;
}
