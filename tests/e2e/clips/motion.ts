import { CAMERA_HEIGHT, CAMERA_WIDTH } from './camera-size.ts';
import type { Glare } from './picture.ts';
import type { Pose } from './projection.ts';
import type { Random } from './random.ts';

/** Where the thing is when the shutter opens and closes, and the lamp that its glass mirrors meanwhile. */
export interface Moment {
  readonly from: Pose;
  readonly to: Pose;
  readonly glare: Glare | null;
}

/** Share of the frame's time during which the shutter is open. */
const SHUTTER = 0.3;

/**
 * A hand brings something to the camera: it swings in from the side, tilted and fast, slows down, and is held nearly
 * still with the tremor of a hand. Swinging in takes at most 39 frames, and never more than 45 percent of the scene.
 */
export function sceneMotion(scale: number, frames: number, random: Random): (frame: number) => Moment {
  const arrival = Math.max(1, Math.min(39, frames * 0.45));
  const side = random.between(0, 1) < 0.5 ? -1 : 1;
  const rest: Pose = {
    x: CAMERA_WIDTH * random.between(0.42, 0.58),
    y: CAMERA_HEIGHT * random.between(0.47, 0.55),
    scale,
    roll: random.between(-0.18, 0.18),
    yaw: random.between(-0.12, 0.12),
    pitch: random.between(-0.15, 0.15),
  };
  const phase = random.between(0, 6);
  const poseAt = (frame: number): Pose => {
    const away = Math.max(0, 1 - frame / arrival) ** 1.2;
    const tremor = (speed: number): number =>
      Math.sin(frame * speed + phase) + 0.5 * Math.sin(frame * speed * 2.3 + phase);
    return {
      x: rest.x + side * away * 150 + tremor(0.37),
      y: rest.y + away * 60 + tremor(0.29),
      scale: rest.scale * (1 - 0.1 * away),
      roll: rest.roll + side * away * 0.5 + tremor(0.23) * 0.003,
      yaw: rest.yaw + side * Math.sqrt(away) * 0.95 + tremor(0.31) * 0.004,
      pitch: rest.pitch + away * 0.25,
    };
  };
  return (frame) => {
    const away = Math.max(0, 1 - frame / arrival);
    const from = poseAt(frame);
    return {
      from,
      to: poseAt(frame + SHUTTER),
      glare: away > 0 ? { x: from.x - 160 + 320 * away, y: from.y - 120, radius: 70, strength: 60 * away } : null,
    };
  };
}
