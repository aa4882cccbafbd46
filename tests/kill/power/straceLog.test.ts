import { expect, it } from 'vitest';
import { readStrace } from './straceLog.ts';

const isLog = (path: string) => path.endsWith('-wal');
const read = (...lines: string[]) => readStrace(lines.join('\n'), isLog);

const WRITE = '7 pwrite64(5</data/x.sqlite-wal>, "\\0"..., 4096, 0) = 4096';
const SYNC = '7 fdatasync(5</data/x.sqlite-wal>) = 0';
const ANSWER = '7 write(9<socket:[1]>, "HTTP/1.1 200 OK\\r\\n"..., 300) = 300';

it('takes an answer after write and sync for a safe one', () => {
  expect(read(WRITE, SYNC, ANSWER, WRITE, WRITE, SYNC, ANSWER)).toEqual({ answers: 2, writes: 3, syncs: 2, early: 0 });
});

it('sees an answer before its sync, without one, and after one that came before the write', () => {
  expect(read(WRITE, ANSWER, SYNC)).toMatchObject({ syncs: 1, early: 1 });
  expect(read(WRITE, SYNC, ANSWER, WRITE, ANSWER)).toMatchObject({ answers: 2, early: 1 });
  expect(read(SYNC, WRITE, ANSWER)).toMatchObject({ syncs: 1, early: 1 });
});

it('counts neither syncs that failed, nor those of other files, nor other answers', () => {
  expect(read(WRITE, '7 fdatasync(5</data/x.sqlite-wal>) = -1 EIO (Input/output error)', ANSWER).early).toBe(1);
  expect(read(WRITE, '7 fdatasync(6</data/x.sqlite>) = 0', ANSWER).syncs).toBe(0);
  expect(read('7 write(9<socket:[1]>, "HTTP/1.1 500 "..., 300) = 300').answers).toBe(0);
});

it('follows calls that others interrupt: a sync covers what was written before it began', () => {
  const begun = '7 fdatasync(5</data/x.sqlite-wal> <unfinished ...>';
  const resumed = '7 <... fdatasync resumed>) = 0';
  expect(read(WRITE, begun, '8 write(1<pipe:[2]>, "x", 1) = 1', resumed, ANSWER)).toMatchObject({ syncs: 1, early: 0 });
  const another = '8 pwrite64(5</data/x.sqlite-wal>, "\\0"..., 4096, 0) = 4096';
  expect(read(begun, another, resumed, ANSWER)).toMatchObject({ syncs: 1, early: 1 });
  expect(read(WRITE, SYNC, ANSWER.replace(') = 300', ' <detached ...>'))).toMatchObject({ answers: 1, early: 0 });
  expect(read(WRITE, begun, ANSWER.replace('7', '8'), resumed)).toMatchObject({ early: 1 });
});
