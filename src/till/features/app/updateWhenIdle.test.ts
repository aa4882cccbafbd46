import { describe, expect, it } from 'vitest';
import { observable } from '../../observable.ts';
import { typeDigit } from '../screen/basket.ts';
import { createScreen } from '../screen/screen.ts';
import { updateWhenIdle } from './updateWhenIdle.ts';

/** A till that is left alone second by second. */
function left() {
  let time = 1_000_000;
  let touched = () => {};
  const looks: { readonly ms: number; readonly look: () => void }[] = [];
  const ready = observable(false);
  const screen = createScreen();
  let applied = 0;
  const stop = updateWhenIdle({ ready, apply: () => (applied += 1) }, screen, {
    now: () => time,
    every: (ms, look) => {
      const one = { ms, look };
      looks.push(one);
      return () => void looks.splice(looks.indexOf(one), 1);
    },
    onTouch: (listener) => {
      touched = listener;
      return () => {
        touched = () => {};
      };
    },
  });
  return {
    ready,
    screen,
    stop,
    touch: () => touched(),
    applied: () => applied,
    wait: (seconds: number) => {
      for (let second = 0; second < seconds; second += 1) {
        time += 1000;
        for (const { ms, look } of looks) if (time % ms === 0) look();
      }
    },
  };
}

describe('a version that waits', () => {
  it('goes in once nobody has touched the till for a minute', () => {
    const till = left();
    till.wait(300);
    till.ready.set(true);
    till.touch();
    till.wait(55);
    expect(till.applied()).toBe(0);
    till.wait(10);
    expect(till.applied()).toBeGreaterThan(0);
  });

  it('waits longer after every touch and every scan', () => {
    const till = left();
    till.ready.set(true);
    for (let round = 0; round < 5; round += 1) {
      till.wait(40);
      if (round % 2 === 0) till.touch();
      else
        till.screen.setState({
          notice: { kind: 'trouble', trouble: { ok: false, reason: 'forged', looksLike: null } },
        });
    }
    expect(till.applied()).toBe(0);
  });

  it('never interrupts what is open, however long it lies there', () => {
    const till = left();
    till.ready.set(true);
    const empty = till.screen.getState().basket;
    till.screen.setState({ sheet: { kind: 'enroll', phone: '' } });
    till.wait(3600);
    till.screen.setState({ sheet: null, basket: typeDigit(empty, '7') });
    till.wait(3600);
    expect(till.applied()).toBe(0);
    till.screen.setState({ basket: empty });
    till.wait(65);
    expect(till.applied()).toBeGreaterThan(0);
  });

  it('is left alone by a till that has gone', () => {
    const till = left();
    till.ready.set(true);
    till.stop();
    till.wait(600);
    expect(till.applied()).toBe(0);
  });
});
