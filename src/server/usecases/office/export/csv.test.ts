import { expect, it } from 'vitest';
import { csvLine } from './csv.ts';

it('quotes what needs it', () => {
  expect(csvLine(['a', 1, null, 'b,c', 'd"e', 'f\ng'])).toBe('a,1,,"b,c","d""e","f\ng"\r\n');
});

it('keeps a spreadsheet from running what somebody typed', () => {
  expect(csvLine(['=1+1', '@x', '-2', -2])).toBe("'=1+1,'@x,'-2,-2\r\n");
});
