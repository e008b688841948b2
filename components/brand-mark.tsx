/** The app's own sign: the pole star, and two stars that circle it. */
export function BrandMark() {
  return (
    <svg width="24" height="24" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <circle cx="12" cy="12" r="2.5" fill="currentColor" />
      <g fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round">
        <path d="M12 5.75a6.25 6.25 0 0 1 6.25 6.25" />
        <path d="M12 18.25A6.25 6.25 0 0 1 5.75 12" />
        <path d="M12 1.5A10.5 10.5 0 0 0 1.5 12" />
        <path d="M12 22.5A10.5 10.5 0 0 0 22.5 12" />
      </g>
    </svg>
  );
}
