import { describe, expect, it } from 'vitest';
import { moneyText, readMoney } from './moneyText.ts';

describe('money in a field', () => {
  it('reads what people type', () => {
    expect(readMoney('1 290', 0)).toBe(1290);
    expect(readMoney('3,5', 2)).toBe(350);
    expect(readMoney('3.', 2)).toBe(300);
    expect(readMoney('0.05', 2)).toBe(5);
    expect(readMoney('', 0)).toBeNull();
  });

  it('takes nothing that is not money', () => {
    expect(readMoney('1.5', 0)).toBeUndefined();
    expect(readMoney('1.234', 2)).toBeUndefined();
    expect(readMoney('-3', 0)).toBeUndefined();
    expect(readMoney('abc', 0)).toBeUndefined();
  });

  it('writes it back', () => {
    expect(moneyText(1290, 0)).toBe('1290');
    expect(moneyText(5, 2)).toBe('0.05');
    expect(moneyText(null, 2)).toBe('');
  });
});
