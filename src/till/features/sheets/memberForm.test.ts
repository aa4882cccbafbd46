import { describe, expect, it } from 'vitest';
import { fieldsOf, isWholeNumber, problemsOf, readBirthday, type MemberForm } from './memberForm.ts';

const form: MemberForm = { name: ' Kelemen Nóra ', callName: '', phone: '', birthday: '4.23.', consent: false };

describe('readBirthday', () => {
  it('reads month and day as people write them', () => {
    expect(['04-23', '4.23.', '4/3', '0423', '02-29'].map(readBirthday)).toEqual([
      '04-23',
      '04-23',
      '04-03',
      '04-23',
      '02-29',
    ]);
  });

  it('refuses what is no day', () => {
    expect(['13-01', '02-30', '04-31', '4', 'april 23', '00-10'].map(readBirthday)).toEqual(Array(6).fill(null));
  });
});

it('takes for a whole number what is longer than the end of one', () => {
  expect(['4127', '5554127', '06205554'].map(isWholeNumber)).toEqual([false, false, false]);
  expect(['205554127', '06205554127', '36205554127', '12345678'].map(isWholeNumber)).toEqual(Array(4).fill(true));
});

describe('memberForm', () => {
  it('wants a name or a phone number, and a name for offers', () => {
    expect(problemsOf({ ...form, name: '' })).toMatchObject({ nobody: true });
    expect(problemsOf({ ...form, name: '', phone: '+36 30 123 4567', consent: true })).toMatchObject({
      nobody: false,
      phone: false,
      consent: true,
    });
    expect(problemsOf({ ...form, phone: '12' })).toMatchObject({ phone: true });
  });

  it('keeps consent with its wording and time, and only when it changed', () => {
    expect(fieldsOf(form, null, 'w', 5)).toEqual({
      name: 'Kelemen Nóra',
      callName: null,
      phone: null,
      birthday: '04-23',
    });
    expect(fieldsOf({ ...form, consent: true }, null, 'w', 5).marketing).toEqual({
      given: true,
      at: 5,
      channel: 'till',
      wording: 'w',
    });
  });
});
