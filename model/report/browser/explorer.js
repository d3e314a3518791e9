// The explorer: two columns that the reader picks, set against each other row by row, as a scatter and as a table.

/** What an option of a drop-down stands for. @param {HTMLSelectElement} choice @param {Edition} edition @returns {{table: TableRecord, column: number, title: string}} */
function picked(choice, edition) {
  const [name, column] = choice.value.split("|");
  return { table: edition.tables[name], column: Number(column), title: choice.selectedOptions[0].textContent || "" };
}

/** Both columns into one table and the chart. @param {HTMLElement} figure */
function pick(figure) {
  const edition = editionOf(figure), tools = /** @type {HTMLElement} */ (figure.querySelector(".tools")), first = edition.tables[figure.dataset.table || ""];
  const [x, y] = [...figure.querySelectorAll("select")].map(one => picked(one, edition)), marked = JSON.parse(figure.dataset.marked || "[]");
  const table = {
    ...first, name: tools.dataset.table || "", title: `${y.title} / ${x.title}`, heads: [first.heads[0], x.title, y.title], states: [], ids: [], notes: [], warnings: [],
    rows: first.rows.map((row, at) => [row[0], x.table.rows[at][x.column], y.table.rows[at][y.column]]),
    places: first.places.map((row, at) => row[0] + x.table.places[at][x.column] + y.table.places[at][y.column]),
  };
  const told = /** @type {any} */ (edition.charts[Number(tools.dataset.chart)]), titles = [x.title, y.title];
  told.data.values = table.rows.flatMap((row, at) => typeof row[1] === "number" && typeof row[2] === "number"
    ? [{ s: row[0], x: row[1], y: row[2], u: shown(table, at, 1), t: shown(table, at, 2), o: marked.includes(at) ? 1 : 0 }] : []);
  [told.encoding.x, told.encoding.y].forEach((axis, at) => { axis.axis.title = titles[at]; });
  [told.encoding.tooltip[1], told.encoding.tooltip[2]].forEach((line, at) => { line.title = titles[at]; });
  edition.tables[table.name] = table;
  const room = /** @type {HTMLElement} */ (tools.nextElementSibling), canvas = /** @type {HTMLElement} */ (figure.querySelector(".canvas"));
  if (room.hidden) room.replaceChildren();
  else showTable(room, table, edition.words, false);
  if (!drawn.has(canvas)) return;
  forget(canvas);
  draw(canvas);
}

document.addEventListener("change", event => {
  const choice = /** @type {HTMLElement} */ (event.target), figure = /** @type {HTMLElement|null} */ (choice.closest("figure.scatter"));
  if (figure && choice.matches("select")) pick(figure);
});
document.querySelectorAll("figure.scatter").forEach(figure => pick(/** @type {HTMLElement} */ (figure)));
