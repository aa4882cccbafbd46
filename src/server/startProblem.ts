import type { Config } from './config.ts';

/** Why the server cannot start, as a sentence for the person at the terminal, where the cause is one that people meet. */
export function startProblem(error: unknown, config: Pick<Config, 'port' | 'host' | 'data' | 'tls'>): string {
  const { code, path, message } = error as Partial<NodeJS.ErrnoException>;
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${config.port} is in use by another program. Stop that one, or choose another port with PORT.`;
    case 'EADDRNOTAVAIL':
      return `This machine has no address ${config.host}. Check HOST.`;
    case 'ENOENT':
    case 'EISDIR':
      if (config.tls !== null && (path === config.tls.cert || path === config.tls.key || code === 'EISDIR')) {
        return `The certificate cannot be read: ${path ?? message ?? ''}. Check REGULARS_TLS_CERT and REGULARS_TLS_KEY.`;
      }
      return `The folder ${config.data} cannot be made. Check REGULARS_DATA.`;
    case 'EEXIST':
    case 'ENOTDIR':
      return `${config.data} is not a folder. Check REGULARS_DATA.`;
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return path === undefined
        ? `Port ${config.port} is not allowed here. Choose one above 1023 with PORT.`
        : `There is no permission for ${path}. Check REGULARS_DATA and the certificate's files.`;
    default:
      return message ?? String(error);
  }
}
