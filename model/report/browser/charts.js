// Charts drawn as they come into sight, in the colours of the theme, and saved as pictures.
/** @type {Map<Element, {finalize: () => void, view: any}>} */
const drawn = new Map();

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

