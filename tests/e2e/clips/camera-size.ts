/** Size of the made-up camera's pictures, in pixels. */
export const CAMERA_WIDTH = 1280;
export const CAMERA_HEIGHT = 720;
