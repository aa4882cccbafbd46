import { open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Writes a small file that only its owner may read: whole and on the disk before it has its name. */
export async function writeSafely(file: string, text: string): Promise<void> {
  const part = `${file}.part`;
  const handle = await open(part, 'w', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(part, file);
  await syncFolder(dirname(file));
}

/** Makes sure that names in a folder survive a power cut; where the system cannot, it has to do without. */
export async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    await handle.sync().finally(() => handle.close());
  } catch {
    // Windows opens no folders.
  }
}
