/** How a flat thing is held before the camera. */
export interface Pose {
  /** Middle of the thing in the picture, in pixels. */
  readonly x: number;
  readonly y: number;
  /** Pixels per texel at the thing's middle. */
  readonly scale: number;
  /** Turned in the picture's plane, and tilted about its own upright and level axis; radians. */
  readonly roll: number;
  readonly yaw: number;
  readonly pitch: number;
}

/** Row-major 3x3 matrix from homogeneous pixels to homogeneous texels. */
type Homography = readonly [number, number, number, number, number, number, number, number, number];

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Focal length in pixels of a 1280 wide picture: about the angle of view of a tablet's camera. */
const FOCAL = 1100;

interface Placed {
  readonly toTexel: Homography;
  readonly box: Box;
}

/** Where the thing (width x height texels) lies in a picture of the given size, and how to look a pixel up in it. */
export function place(pose: Pose, width: number, height: number, frameWidth: number, frameHeight: number): Placed {
  const [cr, sr] = [Math.cos(pose.roll), Math.sin(pose.roll)];
  const [cy, sy] = [Math.cos(pose.yaw), Math.sin(pose.yaw)];
  const [cp, sp] = [Math.cos(pose.pitch), Math.sin(pose.pitch)];
  // The thing's own axes in camera space: rolled after it was tilted (Rz * Ry * Rx).
  const across = [cr * cy, sr * cy, -sy].map((part) => part * pose.scale);
  const down = [cr * sy * sp - sr * cp, sr * sy * sp + cr * cp, cy * sp].map((part) => part * pose.scale);
  const [ax = 0, ay = 0, az = 0] = across;
  const [bx = 0, by = 0, bz = 0] = down;
  const [midX, midY] = [frameWidth / 2, frameHeight / 2];
  const cx = pose.x - midX - (ax * width) / 2 - (bx * height) / 2;
  const cyy = pose.y - midY - (ay * width) / 2 - (by * height) / 2;
  const cz = FOCAL - (az * width) / 2 - (bz * height) / 2;
  // Columns: where one texel across, one texel down, and the corner land (homogeneous pixels).
  const m = [
    FOCAL * ax + midX * az, FOCAL * bx + midX * bz, FOCAL * cx + midX * cz,
    FOCAL * ay + midY * az, FOCAL * by + midY * bz, FOCAL * cyy + midY * cz,
    az, bz, cz,
  ] as const; // prettier-ignore
  const corners = [
    [0, 0],
    [width, 0],
    [0, height],
    [width, height],
  ].map(([u = 0, v = 0]) => {
    const w = m[6] * u + m[7] * v + m[8];
    return { x: (m[0] * u + m[1] * v + m[2]) / w, y: (m[3] * u + m[4] * v + m[5]) / w };
  });
  const [xs, ys] = [corners.map((corner) => corner.x), corners.map((corner) => corner.y)];
  return {
    toTexel: invert(m),
    box: {
      left: Math.max(0, Math.floor(Math.min(...xs)) - 1),
      top: Math.max(0, Math.floor(Math.min(...ys)) - 1),
      right: Math.min(frameWidth, Math.ceil(Math.max(...xs)) + 1),
      bottom: Math.min(frameHeight, Math.ceil(Math.max(...ys)) + 1),
    },
  };
}

function invert(m: Homography): Homography {
  const [a, b, c, d, e, f, g, h, i] = m;
  const [A, B, C] = [e * i - f * h, f * g - d * i, d * h - e * g];
  const determinant = a * A + b * B + c * C;
  const parts = [A, c * h - b * i, b * f - c * e, B, a * i - c * g, c * d - a * f, C, b * g - a * h, a * e - b * d];
  const [p = 0, q = 0, r = 0, s = 0, t = 0, u = 0, v = 0, w = 0, x = 0] = parts.map((part) => part / determinant);
  return [p, q, r, s, t, u, v, w, x];
}
