const items = '[data-list-item]';

/** Moves the focus to the next or previous row among all lists of a region; `false` when there is none. */
export function moveInLists(region: ParentNode, step: 1 | -1): boolean {
  const rows = [...region.querySelectorAll<HTMLElement>(items)].filter((row) => row.offsetParent !== null);
  const focused = rows.findIndex((row) => row.contains(document.activeElement));
  const current = focused >= 0 ? focused : rows.findIndex((row) => row.getAttribute('aria-current') !== null);
  const next = current < 0 ? rows[step === 1 ? 0 : rows.length - 1] : rows[current + step];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
  return next !== undefined;
}
