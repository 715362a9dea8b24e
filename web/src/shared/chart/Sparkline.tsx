/** A line of a score's last values, in the text of a page. */

interface Props {
  values: number[];
  label: string;
  /** The least difference that fills the height, so that next to nothing does not look like much. */
  least?: number;
  width?: number;
  height?: number;
}

/** Points of a polyline that fills the box with a small margin; a single value is a flat line, and so is nearly what moved less than `least`. */
export function sparklinePoints(values: number[], width: number, height: number, least = 0): string {
  if (values.length === 0) return "";
  const line = values.length === 1 ? [values[0] ?? 0, values[0] ?? 0] : values;
  const moved = Math.max(...line) - Math.min(...line);
  const span = Math.max(moved, least) || 1;
  const low = Math.min(...line) - (span - moved) / 2;
  const flat = moved === 0;
  return line
    .map((value, index) => {
      const x = 2 + ((width - 4) * index) / (line.length - 1);
      const y = flat ? height / 2 : height - 2 - ((height - 4) * (value - low)) / span;
      return `${x.toFixed(1)},${y.toFixed(1)}`;
    })
    .join(" ");
}

export function Sparkline({ values, label, least, width = 96, height = 28 }: Props) {
  if (values.length === 0) return null;
  const points = sparklinePoints(values, width, height, least);
  const [x, y] = (points.split(" ").at(-1) ?? "0,0").split(",");
  return (
    <svg role="img" aria-label={label} width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
      <polyline points={points} fill="none" stroke="var(--jz-muted)" strokeWidth="1.5" strokeLinejoin="round" />
      <circle cx={x} cy={y} r="2" fill="var(--jz-text)" />
    </svg>
  );
}
