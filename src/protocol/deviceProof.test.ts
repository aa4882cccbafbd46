import { describe, expect, it } from 'vitest';
import { importPublicKey, proofHeader, proofText, readProof, signText, verifyText } from './deviceProof.ts';

const subject = { method: 'POST', path: '/sync/push?x=1', time: 1_772_442_000_000, nonce: 'n'.repeat(22), body: '{}' };

async function keyPair() {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', pair.publicKey);
  return { key: pair.privateKey, publicKey: await importPublicKey({ x, y }) };
}

describe('device proof', () => {
  it('goes into a header and is read and verified from it', async () => {
    const { key, publicKey } = await keyPair();
    const proof = readProof(await proofHeader('device-1', key, subject));
    expect(proof).toMatchObject({ device: 'device-1', time: subject.time, nonce: subject.nonce });
    expect(await verifyText(publicKey, proofText(subject), proof?.signature ?? '')).toBe(true);
  });

  it.each(['method', 'path', 'time', 'nonce', 'body'] as const)('does not fit another %s', async (field) => {
    const { key, publicKey } = await keyPair();
    const signature = await signText(key, proofText(subject));
    const other = { ...subject, [field]: field === 'time' ? 1 : `${subject[field]}x` };
    expect(await verifyText(publicKey, proofText(other), signature)).toBe(false);
  });

  it('refuses what is malformed, and keys that are none', async () => {
    const { publicKey } = await keyPair();
    expect(await verifyText(publicKey, 'x', 'short')).toBe(false);
    expect(readProof('Bearer x')).toBeNull();
    expect(readProof('Regulars device="a b", time="1", nonce="x", signature="y"')).toBeNull();
    await expect(importPublicKey({ x: 'AAAA', y: 'AAAA' })).rejects.toThrow();
  });
});
