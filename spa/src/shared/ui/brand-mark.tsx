/** The product's sign: one speech bubble, at rest. */
export function BrandMark({ size = 28 }: { size?: number }) {
  return (
    <svg viewBox="0 0 32 32" width={size} height={size} aria-hidden="true" style={{ flex: 'none' }}>
      <rect width="32" height="32" rx="9" fill="#1d655f" />
      <path
        d="M16 8c-4.7 0-8.5 3-8.5 6.8 0 2.1 1.2 4 3 5.2L10 24l4.3-2.5c.6.1 1.1.1 1.7.1 4.7 0 8.5-3 8.5-6.8S20.7 8 16 8z"
        fill="#f4fbf9"
      />
    </svg>
  );
}
