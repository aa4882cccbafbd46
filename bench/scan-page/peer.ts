import { BrowserQRCodeReader } from '@zxing/browser';
import { noteFirstFrame, noteText, startMoments } from './moments.ts';

/** @zxing/browser as its README shows it: default options, the same wishes for the camera as ours. */
const moments = startMoments();
const video = document.querySelector('video');
if (video) {
  noteFirstFrame(video, moments);
  const reader = new BrowserQRCodeReader();
  const wishes = { facingMode: { ideal: 'user' }, width: { ideal: 1280 }, height: { ideal: 720 } };
  void reader.decodeFromConstraints({ audio: false, video: wishes }, video, (result) => {
    if (result) noteText(result.getText(), moments);
  });
}
