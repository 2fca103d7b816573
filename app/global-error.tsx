"use client";

import "./globals.css";

/** The root layout itself failed, so no language is loaded: both are shown. */
export default function GlobalError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <html lang="en">
      <body className="flex min-h-dvh flex-col items-center justify-center gap-2 bg-canvas px-6 text-center font-sans text-ink">
        <h1 className="font-semibold text-lg">Kakehashi could not be shown</h1>
        <p lang="ja">Kakehashiを表示できませんでした</p>
        <button type="button" onClick={reset} className="mt-4 rounded-md border border-line-strong px-3 py-1.5 text-sm">
          Try again <span lang="ja">/ 再試行</span>
        </button>
        {error.digest && <p className="font-mono text-ink-faint text-xs">{error.digest}</p>}
      </body>
    </html>
  );
}
