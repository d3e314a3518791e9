// What a reader can do on the page: change language and theme, open tables, pick what is shown, save charts. Nothing is worked out here.
const phone = 640;
/** @type {Object<string, Edition>} */
const data = JSON.parse(/** @type {HTMLElement} */ (document.getElementById("data")).textContent || "{}");

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

/** The tables of a language that stand by themselves, all at once, so that nothing below them moves later. @param {HTMLElement} edition */
function tell(edition) {
  for (const room of /** @type {NodeListOf<HTMLElement>} */ (edition.querySelectorAll(".told:empty"))) showTable(room, editionOf(room).tables[room.dataset.table || ""], editionOf(room).words, true);
}

/** @param {string} language */
function speak(language) {
  document.querySelectorAll(".edition").forEach(one => { /** @type {HTMLElement} */ (one).hidden = one.id !== language; });
  const edition = /** @type {HTMLElement} */ (document.getElementById(language));
  document.documentElement.lang = edition.lang;
  document.title = (edition.querySelector("h1") || edition).textContent || "";
  tell(edition);
  watch();
  whenIdle(drawAll); // so that a print has what is not in sight yet
}

/** What is printed is drawn before. */
async function print() {
  await drawAll();
  window.print();
}

document.addEventListener("click", event => {
  const button = /** @type {HTMLElement} */ (event.target).closest("button");
  if (!button) return;
  const tools = /** @type {HTMLElement|null} */ (button.closest(".tools"));
  if (button.classList.contains("language")) {
    speak(button.dataset.language || "");
    /** @type {HTMLElement} */ (document.querySelector(".edition:not([hidden]) .language")).focus({ preventScroll: true }); // the keyboard goes on from where it was
  }
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
// However it is asked for, all charts are printed, on a light ground.
let themeOnScreen = "";
window.addEventListener("beforeprint", () => {
  themeOnScreen = document.documentElement.dataset.theme || "";
  if (themeOnScreen === "dark") turn("light");
  drawAll();
});
window.addEventListener("afterprint", () => { if (themeOnScreen === "dark") turn("dark"); });
document.documentElement.dataset.theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
const asked = location.hash.slice(1).split("-")[0];
speak(asked in data ? asked : /** @type {HTMLElement} */ (document.querySelector(".edition:not([hidden])")).id);
const goal = document.getElementById(location.hash.slice(1));
if (goal) goal.scrollIntoView();
