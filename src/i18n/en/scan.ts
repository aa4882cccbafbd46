/** Messages of the camera picture and of reading codes. */
export const scan = {
  camera: 'Camera',
  open: 'Open the camera',
  opening: 'The camera is starting …',
  suspended: 'The camera rests while this screen is out of sight.',
  retry: 'Try again',
  switchCamera: 'Other camera',
  torchOn: 'Light on',
  torchOff: 'Light off',
  mute: 'Sound off',
  unmute: 'Sound on',
  read: 'Code read',
  already: 'Already scanned',
  again: 'Scan again',
  denied: {
    title: 'The camera is not allowed',
    help: 'Allow it in the browser’s settings for this page. Until then: keyboard scanner, phone number or typed code.',
  },
  missing: {
    title: 'No camera found',
    help: 'Plug one in and try again, or type the code.',
  },
  inUse: {
    title: 'Another app is using the camera',
    help: 'Close that app, then try again.',
  },
  frozen: {
    title: 'The camera shows no picture',
    help: 'Try again. If that does not help, close this app and open it anew.',
  },
  unsupported: {
    title: 'No camera at this address',
    help: 'Browsers give the camera to secure addresses (https) only. Typed codes and keyboard scanners work.',
  },
  noEngine: {
    title: 'This browser cannot read codes',
    help: 'Update it, or use a keyboard scanner, the phone number or the typed code.',
  },
};

export type ScanMessages = typeof scan;
