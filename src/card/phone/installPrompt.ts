/** The browser's offer to install, which Chromium hands over as an event before anybody asks. */
interface InstallPrompt extends Event {
  readonly prompt: () => Promise<unknown>;
}

let offered: InstallPrompt | null = null;

/** Call once at start: the offer comes early, and only once. */
export function keepInstallPrompt(): void {
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    offered = event as InstallPrompt;
  });
  addEventListener('appinstalled', () => {
    offered = null;
  });
}

export function takeInstallPrompt(): InstallPrompt | null {
  return offered;
}
