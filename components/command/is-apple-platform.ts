/** Whether the keyboard has a ⌘ key. Only for the hint: both keys work everywhere. */
export function isApplePlatform(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.platform);
}
