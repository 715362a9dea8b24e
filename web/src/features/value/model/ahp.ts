/** Judgements of pairs on Saaty's scale, moved by a slider from −8 (the left 9 times as important) to 8 (the right). */

export function pairsOf(count: number): [number, number][] {
  const pairs: [number, number][] = [];
  for (let a = 0; a < count; a += 1) for (let b = a + 1; b < count; b += 1) pairs.push([a, b]);
  return pairs;
}

/** How many times as important the left one is: 9 … 1 … 1/9. */
export const saaty = (step: number): number => (step <= 0 ? 1 - step : 1 / (1 + step));

/** The reciprocal matrix of judgements, keyed "a-b" with a < b; a pair not judged counts as equal. */
export function matrixOf(count: number, judgements: Record<string, number>): number[][] {
  const matrix = Array.from({ length: count }, () => Array.from({ length: count }, () => 1));
  for (const [a, b] of pairsOf(count)) {
    const times = saaty(judgements[`${a}-${b}`] ?? 0);
    const [rowA, rowB] = [matrix[a], matrix[b]];
    if (rowA && rowB) {
      rowA[b] = times;
      rowB[a] = 1 / times;
    }
  }
  return matrix;
}
