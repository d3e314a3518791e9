// Tables that a reader can sort, search and save; what they hold was written by the program.
/** @typedef {{name: string, title: string, heads: string[], rows: (string|number|null)[][], places: string[], looks: string[], states: Object<string, string>[], notes: string[], warnings: string[], links: Object<string, string>, ids: number[], dash_zero: boolean}} TableRecord */
/** @typedef {{charts: Object[], tables: Object<string, TableRecord>, words: Object<string, string>}} Edition */

const manyColumns = 12, columnsAtFirst = 16, longText = 120, rowsAtFirst = 40, rowsToSearch = 20, columnsOfCards = 5, wordy = 16, brief = 8;

/** @param {TableRecord} table @param {number} row @param {number} column @returns {string} */
function shown(table, row, column) {
  const value = table.rows[row][column];
  if (value === null) return "";
  if (typeof value === "string") return value;
  if (value === 0 && table.dash_zero) return "–";
  const places = Number(table.places[row][column]);
  const whole = /^\d{4}$/.test(String(value)) && places === 0 && table.rows.every(one => typeof one[column] !== "number" || (one[column] > 1900 && one[column] < 2200));
  return whole ? String(value) : value.toLocaleString("en-US", { minimumFractionDigits: places, maximumFractionDigits: places });
}

/** @param {HTMLElement} room @param {TableRecord} table @param {Object<string, string>} words @param {boolean} titled */
function showTable(room, table, words, titled) {
  const numeric = table.heads.map((_, at) => table.rows.some(row => typeof row[at] === "number"));
  const near = table.heads.map((_, at) => at).filter(at => at < columnsAtFirst - table.ids.length || table.ids.includes(at));
  let order = table.rows.map((_, at) => at), whole = table.rows.length <= rowsAtFirst, columns = near, sorted = { column: -1, up: true }, sought = "";
  room.replaceChildren();
  if (titled) room.append(made("h3", {}, table.title));
  const find = made("div", { class: "find" }), input = made("input", { type: "search", "aria-label": words.search_table, placeholder: words.search_table });
  const count = made("span", { role: "status" }), more = made("button", { type: "button" }, words.show_all_rows);
  find.append(input, count, more);
  if (table.rows.length > rowsToSearch) room.append(find);
  const longest = table.heads.map((_, at) => Math.max(0, ...table.rows.map(row => typeof row[at] === "string" ? row[at].length : 0)));
  const looks = table.heads.length > manyColumns ? ["many"] : [];
  if (table.heads.length >= columnsOfCards && longest.some((letters, at) => at > 0 && letters > wordy)) looks.push("cards");
  const scroll = made("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": table.title }), grid = made("table", { class: looks.join(" ") }), head = made("thead"), body = made("tbody");
  const line = made("tr"), across = made("p", { class: "note across" }), wider = made("button", { type: "button" }, words.show_all_columns);
  const titles = table.heads.map((name, at) => {
    const cell = made("th", { scope: "col", class: numeric[at] ? "number" : "" }), button = made("button", { type: "button", title: words.sort_column }, name || "·");
    button.addEventListener("click", () => {
      sorted = { column: at, up: sorted.column === at ? !sorted.up : true };
      order.sort((a, b) => compared(table.rows[a][at], table.rows[b][at]) * (sorted.up ? 1 : -1));
      titles.forEach((other, place) => place === at ? other.setAttribute("aria-sort", sorted.up ? "ascending" : "descending") : other.removeAttribute("aria-sort"));
      fill();
    });
    cell.append(button);
    return cell;
  });
  head.append(line);
  grid.append(head, body);
  scroll.append(grid);
  if (table.rows.length) room.append(scroll);
  if (near.length < table.heads.length) {
    across.append(words.columns_shown.replace("{shown}", String(near.length)).replace("{found}", String(table.heads.length)), " ", wider);
    scroll.before(across);
  }
  for (const [notes, look] of [[table.warnings, "note warned"], [table.notes, "note"]]) for (const note of notes) room.append(said(room, note, String(look), table.links[note]));

  function fill() {
    const found = order.filter(at => !sought || table.rows[at].some((_, column) => shown(table, at, column).toLowerCase().includes(sought)));
    const kept = whole ? found : found.slice(0, rowsAtFirst);
    line.replaceChildren(...columns.map(column => titles[column]));
    body.replaceChildren(...kept.map(at => {
      const row = made("tr", table.looks[at] ? { class: table.looks[at] } : {}), states = table.states.length ? table.states[at] : {};
      for (const column of columns) {
        const looks = [numeric[column] && typeof table.rows[at][column] !== "string" ? "number" : "", states[column] ? `state-${states[column]}` : ""].filter(Boolean);
        if (table.ids.includes(column)) looks.push("id");
        if (!numeric[column] && column > 0 && longest[column] <= brief) looks.push("brief");
        const one = cell(shown(table, at, column), looks.join(" "));
        one.dataset.head = table.heads[column];
        row.append(one);
      }
      return row;
    }));
    count.textContent = words.rows_shown.replace("{shown}", String(kept.length)).replace("{found}", String(found.length));
    more.hidden = kept.length === found.length;
  }
  input.addEventListener("input", () => { sought = /** @type {HTMLInputElement} */ (input).value.trim().toLowerCase(); fill(); });
  more.addEventListener("click", () => { whole = true; fill(); });
  wider.addEventListener("click", () => { columns = table.heads.map((_, at) => at); across.remove(); fill(); });
  fill();
}

/** A line below a table; one that speaks of another table leads there, where the page has it. @param {HTMLElement} room @param {string} note @param {string} look @param {string|undefined} table @returns {HTMLElement} */
function said(room, note, look, table) {
  const goal = table ? `${/** @type {Element} */ (room.closest(".edition")).id}-table-${table}` : "", line = made("p", { class: look });
  line.append(goal && document.getElementById(goal) ? made("a", { href: `#${goal}` }, note) : note);
  return line;
}

/** A cell; of a long text the beginning, and the rest when it is opened. @param {string} text @param {string} looks @returns {HTMLElement} */
function cell(text, looks) {
  const look = looks ? { class: looks } : {};
  if (text.length <= longText) return made("td", look, text);
  const room = made("td", look), whole = made("details");
  whole.append(made("summary", {}, text.slice(0, longText - 20)), text.slice(longText - 20));
  room.append(whole);
  return room;
}

/** @param {string|number|null} a @param {string|number|null} b @returns {number} */
function compared(a, b) {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  return typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), undefined, { numeric: true });
}

/** @param {Blob} blob @param {string} name */
function save(blob, name) {
  const link = /** @type {HTMLAnchorElement} */ (made("a", { download: name, href: URL.createObjectURL(blob) }));
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/** A cell that no spreadsheet takes for a formula. @param {string|number|null} value @returns {string} */
function csvCell(value) {
  if (value === null) return "";
  const text = typeof value === "string" && /^[=+\-@\t\r]/.test(value) && Number.isNaN(Number(value)) ? `'${value}` : String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** @param {TableRecord} table */
function saveCsv(table) {
  const lines = [table.heads, ...table.rows].map(row => row.map(csvCell).join(","));
  save(new Blob(["\ufeff", lines.join("\r\n"), "\r\n"], { type: "text/csv" }), `${table.name}.csv`);
}

