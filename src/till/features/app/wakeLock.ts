/** Keeps the screen awake until the returned function is called. A refusal (low battery) is not an error. */
export function stayAwake(): () => void {
  let lock: WakeLockSentinel | null = null;
  let over = false;
  const take = async (): Promise<void> => {
    if (over || document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return;
    const taken = await navigator.wakeLock.request('screen').catch(() => null);
    if (over) void taken?.release();
    else lock = taken;
  };
  const again = (): void => void take();
  again();
  // The browser lets go of it whenever the page is hidden.
  document.addEventListener('visibilitychange', again);
  return () => {
    over = true;
    document.removeEventListener('visibilitychange', again);
    void lock?.release();
  };
}
