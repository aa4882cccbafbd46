// Plain JavaScript on purpose: it has to run, and to explain itself, on whatever Node a machine has.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 24 || (major === 24 && minor < 12)) {
  console.error(
    [
      '',
      `Regulars runs on Node 24, which comes with it as the npm package "node", but this is Node ${process.versions.node}.`,
      'The most likely reason: install scripts were blocked (ignore-scripts=true), so that the package could not unpack itself.',
      'What helps: "npm rebuild node --ignore-scripts=false", or install Node 24 or newer on this machine.',
      '',
    ].join('\n'),
  );
  process.exit(1);
}
