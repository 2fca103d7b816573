"use client";

import { CrashNotice } from "@/components/layout/crash-notice";

export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return <CrashNotice digest={error.digest} onRetry={reset} />;
}
