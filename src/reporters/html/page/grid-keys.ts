const steps: Readonly<Record<string, readonly [rows: number, columns: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** Lets the arrow keys walk over the buttons of a table, of which the tab key stops at one alone. */
export function gridKeys(table: HTMLTableElement): void {
  const buttons = [...table.querySelectorAll('button')];
  const enter = (chosen: HTMLButtonElement | undefined): void => {
    for (const button of buttons) button.tabIndex = button === chosen ? 0 : -1;
  };
  enter(buttons[0]);
  table.addEventListener('focusin', ({ target }) => {
    if (target instanceof HTMLButtonElement) enter(target);
  });
  table.addEventListener('keydown', (event) => {
    const step = steps[event.key];
    const cell = event.target instanceof Element ? event.target.closest('td') : null;
    if (!step || !cell) return;
    event.preventDefault();
    next(table, cell, step)?.focus();
  });
}

/** The nearest button that way; what has none is passed over. */
function next(
  table: HTMLTableElement,
  cell: HTMLTableCellElement,
  [rows, columns]: readonly [rows: number, columns: number],
): HTMLButtonElement | undefined {
  let row = cell.parentElement instanceof HTMLTableRowElement ? cell.parentElement.rowIndex : 0;
  let column = cell.cellIndex;
  for (;;) {
    row += rows;
    column += columns;
    const here = table.rows[row];
    if (!here || column < 1 || column >= (table.rows[0]?.cells.length ?? 0)) return undefined;
    const button = here.cells[column]?.querySelector('button');
    if (button) return button;
  }
}
