/** The five meanings that colour may carry; look for the words beside it, never colour alone. */
export type Tone = "ok" | "info" | "fail" | "mute" | "warn";

export const TONE_TEXT: Record<Tone, string> = {
  ok: "text-ok",
  info: "text-info",
  fail: "text-fail",
  mute: "text-mute",
  warn: "text-warn",
};

export const TONE_SOFT: Record<Tone, string> = {
  ok: "bg-ok-soft text-ok",
  info: "bg-info-soft text-info",
  fail: "bg-fail-soft text-fail",
  mute: "bg-mute-soft text-mute",
  warn: "bg-warn-soft text-warn",
};

export const TONE_SOLID: Record<Tone, string> = {
  ok: "bg-ok-solid",
  info: "bg-info-solid",
  fail: "bg-fail-solid",
  mute: "bg-mute-solid",
  warn: "bg-warn-solid",
};
