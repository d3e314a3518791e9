// What a reader can do on the page: change language and theme, open tables, sort and search them, and save charts. Nothing is worked out here.
"use strict";
(() => {
/** @typedef {{name: string, title: string, heads: string[], rows: (string|number|null)[][], places: string[], looks: string[], states: Object<string, string>[], notes: string[], warnings: string[], dash_zero: boolean}} TableRecord */
/** @typedef {{charts: Object[], tables: Object<string, TableRecord>, words: Object<string, string>}} Edition */

const manyColumns = 12, longText = 120, rowsAtFirst = 40, rowsToSearch = 20, phone = 640;
/** @type {Object<string, Edition>} */
const data = JSON.parse(/** @type {HTMLElement} */ (document.getElementById("data")).textContent || "{}");
/** @type {Map<Element, {finalize: () => void, view: any}>} */
const drawn = new Map();

/** @param {string} name @param {Object<string, string>} [attributes] @param {string} [text] @returns {HTMLElement} */
function made(name, attributes = {}, text = "") {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text) element.textContent = text;
  return element;
}

/** @param {Element} element @returns {Edition} */
function editionOf(element) {
  return data[/** @type {HTMLElement} */ (element.closest(".edition")).id];
}

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
  let order = table.rows.map((_, at) => at), whole = table.rows.length <= rowsAtFirst, sorted = { column: -1, up: true }, sought = "";
  room.replaceChildren();
  if (titled) room.append(made("h3", {}, table.title));
  const find = made("div", { class: "find" }), input = made("input", { type: "search", "aria-label": words.search_table, placeholder: words.search_table });
  const count = made("span", { role: "status" }), more = made("button", { type: "button" }, words.show_all_rows);
  find.append(input, count, more);
  if (table.rows.length > rowsToSearch) room.append(find);
  const scroll = made("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": table.title }), grid = made("table", table.heads.length > manyColumns ? { class: "many" } : {}), head = made("thead"), body = made("tbody");
  const line = made("tr");
  table.heads.forEach((name, at) => {
    const cell = made("th", { scope: "col", class: numeric[at] ? "number" : "" }), button = made("button", { type: "button", title: words.sort_column }, name || "·");
    button.addEventListener("click", () => {
      sorted = { column: at, up: sorted.column === at ? !sorted.up : true };
      order.sort((a, b) => compared(table.rows[a][at], table.rows[b][at]) * (sorted.up ? 1 : -1));
      line.querySelectorAll("th").forEach((other, place) => place === at ? other.setAttribute("aria-sort", sorted.up ? "ascending" : "descending") : other.removeAttribute("aria-sort"));
      fill();
    });
    cell.append(button);
    line.append(cell);
  });
  head.append(line);
  grid.append(head, body);
  scroll.append(grid);
  if (table.rows.length) room.append(scroll);
  for (const [notes, look] of [[table.warnings, "note warned"], [table.notes, "note"]]) for (const note of notes) room.append(made("p", { class: String(look) }, note));

  function fill() {
    const found = order.filter(at => !sought || table.rows[at].some((_, column) => shown(table, at, column).toLowerCase().includes(sought)));
    const kept = whole ? found : found.slice(0, rowsAtFirst);
    body.replaceChildren(...kept.map(at => {
      const row = made("tr", table.looks[at] ? { class: table.looks[at] } : {}), states = table.states.length ? table.states[at] : {};
      table.heads.forEach((_, column) => {
        const looks = [numeric[column] && typeof table.rows[at][column] !== "string" ? "number" : "", states[column] ? `state-${states[column]}` : ""].filter(Boolean);
        row.append(cell(shown(table, at, column), looks.join(" ")));
      });
      return row;
    }));
    count.textContent = words.rows_shown.replace("{shown}", String(kept.length)).replace("{found}", String(found.length));
    more.hidden = kept.length === found.length;
  }
  input.addEventListener("input", () => { sought = /** @type {HTMLInputElement} */ (input).value.trim().toLowerCase(); fill(); });
  more.addEventListener("click", () => { whole = true; fill(); });
  fill();
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

/** @param {string} name @returns {string} */
function tone(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** What every chart shares, in the colours of the theme. @param {number} width @param {string} font @returns {Object} */
function configOf(width, font) {
  const ink = tone("--ink"), soft = tone("--soft"), line = tone("--line"), narrow = width < 520;
  const labels = narrow ? 120 : 260;
  return {
    background: "transparent", font, 
    view: { stroke: null },
    axis: { labelColor: soft, titleColor: soft, gridColor: line, domainColor: line, tickColor: line, labelFontSize: 12, titleFontSize: 12, titleFontWeight: "normal", labelLimit: labels, labelPadding: 6 },
    axisX: { grid: false }, axisY: { domain: false, ticks: false },
    legend: { orient: "bottom", title: null, labelColor: ink, labelFontSize: 12, symbolType: "square", symbolSize: 110, labelLimit: narrow ? 130 : 240, columns: Math.max(1, Math.floor(width / (narrow ? 165 : 250))), rowPadding: 5 },
    bar: { stroke: tone("--surface"), strokeWidth: 0.75 }, area: { stroke: tone("--surface"), strokeWidth: 0.75 },
  };
}

/** Dark inks made light where the ground is dark. @param {any} spec @param {boolean} dark @returns {any} */
function inked(spec, dark) {
  return dark ? JSON.parse(JSON.stringify(spec), (_, value) => typeof value === "string" && /^#[0-9a-f]{6}$/i.test(value) ? lighter(value) : value) : spec;
}

/** @param {string} colour @returns {string} */
function lighter(colour) {
  const parts = [1, 3, 5].map(at => parseInt(colour.slice(at, at + 2), 16));
  const light = (0.3 * parts[0] + 0.59 * parts[1] + 0.11 * parts[2]) / 255, share = light < 0.12 ? 0.85 : light < 0.4 ? 0.4 : 0;
  return `#${parts.map(part => Math.round(part + (255 - part) * share).toString(16).padStart(2, "0")).join("")}`;
}

/** @param {Element} canvas @returns {Promise<void>} */
async function draw(canvas) {
  if (drawn.has(canvas) || !canvas.clientWidth) return;
  drawn.set(canvas, { finalize() {}, view: null });
  const told = editionOf(canvas).charts[Number(canvas.getAttribute("data-chart"))], spec = sized(told);
  const config = configOf(canvas.clientWidth, getComputedStyle(canvas).fontFamily);
  const dark = document.documentElement.dataset.theme === "dark";
  const made = await window.vegaEmbed(canvas, inked(narrowed(spec, canvas.clientWidth), dark), { actions: false, renderer: "svg", config, tooltip: { theme: dark ? "dark" : "light" } });
  drawn.set(canvas, made);
  /** @type {HTMLElement} */ (canvas).style.minHeight = "";
}

/** A chart as wide as its room, and as high as it needs. @param {any} spec @returns {any} */
function sized(spec) {
  return { ...spec, autosize: { type: "fit-x", contains: "padding", resize: true } };
}

/** On a phone names of rows are short. @param {any} spec @param {number} width @returns {any} */
function narrowed(spec, width) {
  if (width >= 520) return spec;
  return JSON.parse(JSON.stringify(spec), (key, value) => key === "labelLimit" ? 110 : value);
}

function redraw() {
  for (const [canvas, one] of drawn) {
    one.finalize();
    /** @type {HTMLElement} */ (canvas).style.minHeight = `${canvas.clientHeight}px`;
  }
  drawn.clear();
  watch();
  whenIdle(drawAll);
}

/** @param {() => void} work */
function whenIdle(work) {
  if (window.requestIdleCallback) window.requestIdleCallback(work, { timeout: 3000 });
  else setTimeout(work, 1000);
}

const sight = new IntersectionObserver(found => { for (const one of found) if (one.isIntersecting) draw(one.target); }, { rootMargin: "400px" });
function watch() {
  sight.disconnect();
  document.querySelectorAll(".edition:not([hidden]) .canvas").forEach(canvas => sight.observe(canvas));
}

/** @returns {Promise<void>} */
async function drawAll() {
  for (const canvas of document.querySelectorAll(".edition:not([hidden]) .canvas")) await draw(canvas);
}

/** Tables that stand by themselves, as they come into sight. */
const reading = new IntersectionObserver(found => { for (const one of found) if (one.isIntersecting) tell(/** @type {HTMLElement} */ (one.target)); }, { rootMargin: "600px" });
/** @param {HTMLElement} room */
function tell(room) {
  if (room.childElementCount > 0 && room.dataset.told) return;
  room.dataset.told = "yes";
  const edition = editionOf(room);
  showTable(room, edition.tables[room.dataset.table || ""], edition.words, true);
}

/** @param {string} language */
function speak(language) {
  document.querySelectorAll(".edition").forEach(one => { /** @type {HTMLElement} */ (one).hidden = one.id !== language; });
  const edition = /** @type {HTMLElement} */ (document.getElementById(language));
  document.documentElement.lang = edition.lang;
  document.title = (edition.querySelector("h1") || edition).textContent || "";
  watch();
  whenIdle(drawAll); // so that a print has what is not in sight yet
}

/** @param {HTMLElement} tools @param {"svg"|"png"} form */
async function savePicture(tools, form) {
  const figure = /** @type {HTMLElement} */ (tools.closest("figure")), name = tools.dataset.table || "chart";
  const canvas = figure.querySelector(".canvas"), flow = figure.querySelector("svg.flow:not([hidden])");
  let text;
  if (flow) {
    const copy = /** @type {SVGElement} */ (flow.cloneNode(true)), box = flow.getBoundingClientRect();
    copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    copy.setAttribute("width", String(box.width));
    copy.setAttribute("height", String(box.height));
    copy.style.background = tone("--surface");
    copy.querySelectorAll("text").forEach(one => { one.style.cssText = `font: 12.5px ${getComputedStyle(figure).fontFamily}; fill: ${tone("--ink")}`; });
    text = new XMLSerializer().serializeToString(copy);
  } else {
    const holder = canvas || made("div", { style: "position:absolute;left:-3000px;width:900px" });
    if (!canvas) document.body.append(holder);
    const spec = { ...editionOf(tools).charts[Number(tools.dataset.chart)], width: Math.max(640, holder.clientWidth), background: tone("--surface") };
    const view = (await window.vegaEmbed(made("div"), inked(spec, document.documentElement.dataset.theme === "dark"), { actions: false, config: { ...configOf(900, getComputedStyle(figure).fontFamily), background: tone("--surface") } })).view;
    text = await view.toSVG();
    view.finalize();
    if (!canvas) holder.remove();
  }
  if (form === "svg") save(new Blob([text], { type: "image/svg+xml" }), `${name}.svg`);
  else savePng(text, name);
}

/** @param {string} text @param {string} name */
function savePng(text, name) {
  const picture = new Image();
  picture.onload = () => {
    const canvas = document.createElement("canvas"), scale = 2;
    [canvas.width, canvas.height] = [picture.width * scale, picture.height * scale];
    /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d")).drawImage(picture, 0, 0, canvas.width, canvas.height);
    canvas.toBlob(blob => blob && save(blob, `${name}.png`));
  };
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
}

/** All charts on a light ground, whatever the theme is. */
async function print() {
  const theme = document.documentElement.dataset.theme || "light";
  if (theme === "dark") turn("light");
  await drawAll();
  window.print();
  if (theme === "dark") turn(theme);
}

document.addEventListener("click", event => {
  const button = /** @type {HTMLElement} */ (event.target).closest("button");
  if (!button) return;
  const tools = /** @type {HTMLElement|null} */ (button.closest(".tools"));
  if (button.classList.contains("language")) speak(button.dataset.language || "");
  else if (button.classList.contains("theme")) turn(document.documentElement.dataset.theme === "dark" ? "light" : "dark");
  else if (button.classList.contains("print")) print();
  else if (tools) {
    const edition = editionOf(tools), table = edition.tables[tools.dataset.table || ""], room = /** @type {HTMLElement} */ (tools.nextElementSibling);
    if (button.classList.contains("show")) {
      room.hidden = !room.hidden;
      button.setAttribute("aria-expanded", String(!room.hidden));
      button.textContent = room.hidden ? edition.words.show_table : edition.words.hide_table;
      if (!room.childElementCount) showTable(room, table, edition.words, false);
    } else if (button.classList.contains("csv")) saveCsv(table);
    else savePicture(tools, button.classList.contains("svg") ? "svg" : "png");
  }
});

document.addEventListener("input", event => {
  const input = /** @type {HTMLInputElement} */ (event.target), figure = input.closest("figure.flow");
  if (!figure || input.type !== "range") return;
  const years = [...figure.querySelectorAll("svg.flow")], chosen = years[Number(input.value)];
  years.forEach(one => one === chosen ? one.removeAttribute("hidden") : one.setAttribute("hidden", ""));
  input.setAttribute("aria-valuetext", chosen.getAttribute("data-year") || "");
  /** @type {HTMLElement} */ (figure.querySelector("output")).textContent = chosen.getAttribute("data-year");
});

/** @param {string} theme */
function turn(theme) {
  document.documentElement.dataset.theme = theme;
  redraw();
}

matchMedia(`(max-width: ${phone}px)`).addEventListener("change", redraw);
window.addEventListener("beforeprint", () => {
  document.querySelectorAll(".edition:not([hidden]) .told").forEach(room => tell(/** @type {HTMLElement} */ (room)));
});
document.documentElement.dataset.theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
const asked = location.hash.slice(1).split("-")[0];
speak(asked in data ? asked : /** @type {HTMLElement} */ (document.querySelector(".edition:not([hidden])")).id);
document.querySelectorAll(".told").forEach(room => reading.observe(room));
})();
