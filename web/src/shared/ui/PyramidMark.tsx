/** The product's sign: a pyramid of four tiers; in one colour for menus. */
export function PyramidMark({ size = 24, mono = false }: { size?: number; mono?: boolean }) {
  const fill = (colour: string) => (mono ? "currentColor" : colour);
  return (
    <span className={mono ? "anticon" : undefined} aria-hidden>
      <svg width={size} height={size} viewBox="0 0 64 64">
        <path fill={fill("var(--grade-vip-fill)")} d="M32 4 24.600 17h12l2.600-1.200z" />
        <path fill={fill("var(--grade-important-fill)")} d="m23.800 18.600-7.200 12.800h25.200l5-2.400-6.600-11.600-3 1.400z" />
        <path fill={fill("var(--grade-ordinary-fill)")} d="M15.800 33 8.600 45.800h39l7.400-3.600-7.200-11.600-5 2.600z" />
        <path fill={fill("var(--grade-small-fill)")} d="M7.800 47.400 1 60h51l11-5.400-7-11-7.600 3.800z" />
      </svg>
    </span>
  );
}
