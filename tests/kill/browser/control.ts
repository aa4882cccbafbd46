import type { BrowserContext } from 'playwright-core';
import type { Row } from '../row.ts';
import { killAfterDone } from './afterDone.ts';

/** Null control: a till that shows "done" for what it has not stored. The kill loop must notice. */
export async function checkBrowserControl(say: (line: string) => void): Promise<Row> {
  const { problems } = await killAfterDone({ kills: 2, say, before: forgetful });
  const noticed = problems.length > 0;
  return {
    kill: 'control.browser.doneWithoutStoring',
    run: 1,
    failed: noticed ? 0 : 1,
    red: noticed,
    found: problems[0] ?? null,
    problems: noticed ? [] : ['nobody noticed doneWithoutStoring'],
  };
}

/** The database says that it has added an event, and has not. */
async function forgetful(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const forget = (name: 'add' | 'put') => {
      const store: (this: IDBObjectStore, ...args: [unknown, IDBValidKey?]) => IDBRequest =
        IDBObjectStore.prototype[name];
      IDBObjectStore.prototype[name] = function forgotten(this: IDBObjectStore, ...args: [unknown, IDBValidKey?]) {
        const asked: IDBRequest = this.name === 'events' ? this.count() : store.apply(this, args);
        return asked;
      };
    };
    forget('add');
    forget('put');
  });
}
