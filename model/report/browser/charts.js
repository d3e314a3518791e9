// Charts drawn as they come into sight, in the colours of the theme and in the room kept for them, and saved as pictures.
/** @type {Map<Element, Promise<{finalize: () => void, view: any}>>} */
const drawn = new Map();
const narrowest = 520, wideLetters = { row: 34, colour: 30 }, narrowLetters = { row: 17, colour: 18 }, besidePlot = 64, aboveNames = 26, lineOfNames = 19;

/** @param {string} name @returns {string} */
function tone(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/** How many names of colours stand beside each other. @param {number} width @returns {number} */
function columnsOf(width) {
  return Math.max(1, Math.floor(width / (width < narrowest ? 165 : 250)));
}

/** What every chart shares, in the colours of the theme. @param {number} width @param {string} font @returns {Object} */
function configOf(width, font) {
  const ink = tone("--ink"), soft = tone("--soft"), line = tone("--line");
  return {
    background: "transparent", font,
    view: { stroke: null },
    axis: { labelColor: soft, titleColor: soft, gridColor: line, domainColor: line, tickColor: line, labelFontSize: 12, titleFontSize: 12, titleFontWeight: "normal", labelPadding: 6 },
    axisX: { grid: false }, axisY: { domain: false, ticks: false },
    legend: { orient: "bottom", title: null, labelColor: ink, labelFontSize: 12, symbolType: "square", symbolSize: 110, columns: columnsOf(width), rowPadding: 5 },
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

/** A chart is drawn once, until the theme or the width changes. @param {Element} canvas @returns {Promise<any>} */
function draw(canvas) {
  const before = drawn.get(canvas);
  if (before || !canvas.clientWidth) return before || Promise.resolve();
  const room = made("div"), dark = document.documentElement.dataset.theme === "dark", width = canvas.clientWidth;
  canvas.replaceChildren(room);
  const spec = { ...named(specOf(canvas), width), height: tallOf(specOf(canvas), width), autosize: { type: "fit", contains: "padding", resize: true } };
  const config = configOf(width, getComputedStyle(canvas).fontFamily);
  const drawing = window.vegaEmbed(room, inked(spec, dark), { actions: false, renderer: "svg", config, tooltip: { theme: dark ? "dark" : "light" } });
  drawn.set(canvas, drawing);
  return drawing;
}

/** @param {Element} canvas @returns {any} */
function specOf(canvas) {
  return editionOf(canvas).charts[Number(canvas.getAttribute("data-chart"))];
}

/** How high a chart is with its axes and the names of its colours, known before it is drawn, so that nothing moves. @param {any} spec @param {number} width @returns {number} */
function tallOf(spec, width) {
  const names = spec.usermeta.colours.length;
  return spec.height + besidePlot + (names > 1 ? aboveNames + lineOfNames * Math.ceil(names / columnsOf(width)) : 0);
}

/** Names of rows and of colours as long as there is room for. @param {any} spec @param {number} width @returns {any} */
function named(spec, width) {
  const room = width < narrowest ? narrowLetters : wideLetters, y = spec.encoding && spec.encoding.y, colours = spec.usermeta.colours;
  const rows = y && y.type === "nominal" ? [...new Set(spec.data.values.map((/** @type {any} */ one) => String(one[y.field])))] : [];
  return JSON.parse(JSON.stringify(spec), (key, value) => {
    if (key === "legend" && value) return { ...value, ...spoken(colours, room.colour) };
    return key === "y" && value && value.type === "nominal" ? { ...value, axis: { ...value.axis, ...spoken(rows, room.row) } } : value;
  });
}

/** @param {Element} canvas */
function forget(canvas) {
  const before = drawn.get(canvas);
  if (before) before.then(one => one.finalize());
  drawn.delete(canvas);
}

function redraw() {
  for (const canvas of [...drawn.keys()]) forget(canvas);
  watch();
  whenIdle(drawAll);
}

/** @param {() => void} work */
function whenIdle(work) {
  if (window.requestIdleCallback) window.requestIdleCallback(work, { timeout: 3000 });
  else setTimeout(work, 1000);
}

const sight = new IntersectionObserver(found => { for (const one of found) if (one.isIntersecting) draw(one.target); }, { rootMargin: "400px" });
function canvases() {
  return /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".edition:not([hidden]) .canvas")]);
}

/** Keeps the room of every chart, then draws those that come into sight. */
function watch() {
  sight.disconnect();
  for (const canvas of canvases()) {
    canvas.style.height = `${tallOf(specOf(canvas), canvas.clientWidth)}px`;
    sight.observe(canvas);
  }
}

/** Without a pause in which something else could be done: what is printed right after it is whole. @returns {Promise<any>} */
function drawAll() {
  return Promise.all(canvases().map(draw));
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
    const spec = { ...named(editionOf(tools).charts[Number(tools.dataset.chart)], 900), width: Math.max(640, holder.clientWidth), background: tone("--surface") };
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

