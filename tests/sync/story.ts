import * as fc from 'fast-check';
import type { Tablet, World } from './world.ts';

/** A story that chance tells: the tills of a world, and every event that one of them has confirmed. */
export interface Story {
  readonly world: World;
  readonly tablets: Tablet[];
  readonly confirmed: string[];
  /** Chance for whatever begins anew. */
  seed: number;
}

/** What befalls a till apart from its customers. */
export type Passing =
  | { readonly do: 'network'; readonly till: number; readonly is: 'on' | 'off' | 'answersLost' }
  | { readonly do: 'sync'; readonly till: number }
  | { readonly do: 'restart'; readonly till: number };

export const networkOf = (till: fc.Arbitrary<number>): fc.Arbitrary<Passing> =>
  fc.record({
    do: fc.constant('network' as const),
    till,
    is: fc.constantFrom('on' as const, 'off' as const, 'answersLost' as const),
  });

export function tabletOf({ tablets }: Story, till: number): Tablet {
  const tablet = tablets[till];
  if (tablet === undefined) throw new Error('no tablet');
  return tablet;
}

/** Lets it happen. A browser that was opened again finds no network. */
export async function pass(story: Story, step: Passing): Promise<void> {
  const { world, tablets } = story;
  const tablet = tabletOf(story, step.till);
  switch (step.do) {
    case 'network':
      tablet.online(step.is === 'on');
      if (step.is === 'answersLost') {
        tablet.ports.network = async (path, init) => {
          await world.request(path, init);
          throw new TypeError('connection reset');
        };
      }
      return;
    case 'sync':
      await tablet.till.syncOnce();
      return;
    case 'restart': {
      const again = await world.reopen(tablet, (story.seed += 1));
      tablets[step.till] = again;
      again.online(false);
    }
  }
}
