/** Gives a text to the browser as a file to keep; on a tablet it lands in the downloads. */
export function saveFile(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/x-ndjson' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  // The browser has taken it by the next time this till is looked at; freed earlier, some save an empty file.
  window.addEventListener('pagehide', () => URL.revokeObjectURL(url), { once: true });
}
