import { afterAll, afterEach, beforeEach } from 'vitest';
import { fileEnds, testBegins, testEnds } from '../../src/server/testing/testStore.ts';

// Databases are deleted as tests end: hundreds of them would fill a small disk.
beforeEach(testBegins);
afterEach(testEnds);
afterAll(fileEnds);
