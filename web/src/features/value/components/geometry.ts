/**
 * The shape of the pyramid.
 *
 * It is a true pyramid seen from the left: a front face and, beyond the ridge, a side face in the shade. A tier's area
 * on the front follows its share of customers: the part of the pyramid above a cut at the fraction t of its height has
 * t² of the area, so the cut below a cumulative share c lies at √c. Every tier keeps a least height, so that a grade of
 * few customers, or of none, can still be seen and read.
 */

interface Point {
  x: number;
  y: number;
}

export interface TierShape {
  /** Fractions of the height, 0 at the tip. */
  from: number;
  to: number;
  front: Point[];
  side: Point[];
  /** The middle of the tier and its right edge there: labels and bars stand at this height. */
  middle: number;
  right: number;
}

/** Where the tiers are cut: n + 1 fractions of the height from 0 (tip) to 1 (ground). */
export function cuts(shares: number[], least: number): number[] {
  const total = shares.reduce((sum, share) => sum + Math.max(0, share), 0) || 1;
  let above = 0;
  let reached = 0;
  const heights = shares.map((share) => {
    above = Math.min(1, above + Math.max(0, share) / total);
    const height = Math.sqrt(above) - reached;
    reached = Math.sqrt(above);
    return height;
  });
  const floor = Math.min(least, 1 / shares.length);
  const spare = heights.reduce((sum, height) => sum + Math.max(0, height - floor), 0);
  const free = 1 - floor * shares.length;
  let at = 0;
  const result = [0];
  for (const height of heights) {
    at += floor + (spare > 0 ? (Math.max(0, height - floor) / spare) * free : free / shares.length);
    result.push(at);
  }
  result[result.length - 1] = 1;
  return result;
}

const RIDGE = 0.66;
const DROP = 0.055;

/** The tiers of a pyramid in a box of width × height with its tip at the top; `gap` in pixels between tiers. */
export function pyramid(shares: number[], width: number, height: number, { least = 0.16, gap = 3 } = {}): TierShape[] {
  const tip = { x: width * 0.47, y: 0 };
  const rise = height * DROP;
  const left = { x: 0, y: height - rise * 0.4 };
  const ridge = { x: width * RIDGE, y: height };
  const right = { x: width, y: height - rise };
  const along = (end: Point, t: number): Point => ({ x: tip.x + (end.x - tip.x) * t, y: tip.y + (end.y - tip.y) * t });
  const at = cuts(shares, least);
  const half = gap / height / 2;
  return shares.map((_, index) => {
    const from = index === 0 ? 0 : (at[index] ?? 0) + half;
    const to = index === shares.length - 1 ? 1 : (at[index + 1] ?? 1) - half;
    const quad = (a: Point, b: Point) => (from === 0 ? [tip, along(b, to), along(a, to)] : [along(a, from), along(b, from), along(b, to), along(a, to)]);
    const centre = (from + to) / 2;
    return {
      from, to,
      front: quad(left, ridge),
      side: quad(ridge, right),
      middle: along({ x: right.x, y: height - rise * 0.5 }, centre).y,
      right: along(right, centre).x,
    };
  });
}

export const asPath = (points: Point[]): string => `M${points.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")}Z`;

/** The area of a polygon, for tests and for saying how true the picture is. */
export function area(points: Point[]): number {
  const doubled = points.reduce((sum, point, index) => {
    const next = points[(index + 1) % points.length] ?? point;
    return sum + point.x * next.y - next.x * point.y;
  }, 0);
  return Math.abs(doubled) / 2;
}
