/** The square of a picture that becomes the photo: `x` and `y` are the middle, 0–1, `zoom` 1 is as large as fits. */
export interface Crop {
  x: number;
  y: number;
  zoom: number;
}

interface Size {
  width: number;
  height: number;
}

export const WHOLE: Crop = { x: 0.5, y: 0.5, zoom: 1 };

/** The part of the picture in pixels, always within it. */
export function partOf({ width, height }: Size, { x, y, zoom }: Crop): { left: number; top: number; side: number } {
  const side = Math.min(width, height) / zoom;
  const within = (middle: number, length: number) => Math.max(0, Math.min(length - side, middle * length - side / 2));
  return { left: within(x, width), top: within(y, height), side };
}

/** The crop moved by a part of what is shown, and held within the picture. */
export function moved(size: Size, crop: Crop, byX: number, byY: number): Crop {
  const { left, top, side } = partOf(size, crop);
  const next = { ...crop, x: (left + side / 2 - byX * side) / size.width, y: (top + side / 2 - byY * side) / size.height };
  const held = partOf(size, next);
  return { ...crop, x: (held.left + held.side / 2) / size.width, y: (held.top + held.side / 2) / size.height };
}
