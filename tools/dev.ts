import { spawn } from 'node:child_process';

/**
 * For working on the project: rebuilds the three apps and restarts the server whenever a file changes. The apps are
 * built, not served by a development server, so that workers, precache and security headers are the real ones.
 */
const children = [
  spawn('vite', ['build', '--watch', '--mode', 'development', '--logLevel', 'warn'], { stdio: 'inherit' }),
  spawn('node', ['--watch', '--enable-source-maps', 'src/server/main.ts'], { stdio: 'inherit' }),
];
for (const child of children) {
  child.on('exit', () => {
    for (const other of children) other.kill();
  });
}
