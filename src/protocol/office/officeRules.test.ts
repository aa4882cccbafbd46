import { describe, expect, it } from 'vitest';
import { pinProblem } from './officeRules.ts';

describe('pinProblem', () => {
  it('wants four digits of staff and six of whoever can approve', () => {
    expect(pinProblem('7294', 'staff')).toBeNull();
    expect(pinProblem('729405', 'manager')).toBeNull();
    expect(pinProblem('729405', 'owner')).toBeNull();
    expect(pinProblem('729', 'staff')).toBe('length');
    expect(pinProblem('729405', 'staff')).toBe('length');
    expect(pinProblem('7294', 'manager')).toBe('length');
    expect(pinProblem('72a4', 'staff')).toBe('length');
    expect(pinProblem('', 'staff')).toBe('length');
  });

  it.each(['0000', '1111', '1234', '4321', '6789', '7890', '9876', '1212', '1122', '1987', '2004', '2580', '5683'])(
    'refuses %s as obvious',
    (pin) => expect(pinProblem(pin, 'staff')).toBe('obvious'),
  );

  it.each(['123456', '654321', '000000', '121212', '123123', '112233', '159357'])('refuses %s as obvious', (pin) =>
    expect(pinProblem(pin, 'manager')).toBe('obvious'),
  );

  it.each(['1357', '7302', '4821', '9046', '1243'])('lets %s pass', (pin) =>
    expect(pinProblem(pin, 'staff')).toBeNull(),
  );
});
