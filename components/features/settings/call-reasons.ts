/** Why a call was made, from the bottom of the chart to its top, each in a shade of the accent of its own. */
export const CALL_REASONS = [
  { reason: "check", color: "var(--color-accent)" },
  { reason: "sync", color: "color-mix(in srgb, var(--color-accent) 65%, var(--color-surface))" },
  { reason: "job", color: "color-mix(in srgb, var(--color-accent) 40%, var(--color-surface))" },
  { reason: "manual", color: "var(--color-mute-solid)" },
] as const;
