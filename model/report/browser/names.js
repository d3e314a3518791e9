// Names of rows and of colours: short enough for their room, cut in the middle, and no two of them alike.

/** How many narrow letters a text is wide; Chinese ones count two. @param {string} text @returns {number} */
function widthOf(text) {
  return [...text].reduce((sum, letter) => sum + (letter > "\u2e7f" ? 2 : 1), 0);
}

/** As many letters from the start as there is room for. @param {string[]} letters @param {number} room @returns {string[]} */
function fitting(letters, room) {
  const kept = [];
  for (const letter of letters) {
    room -= widthOf(letter);
    if (room < 0) break;
    kept.push(letter);
  }
  return kept;
}

/** Its beginning and its end. @param {string} name @param {number} room @returns {string} */
function middled(name, room) {
  const letters = [...name], most = room - 1;
  if (widthOf(name) <= room) return name;
  const head = fitting(letters, Math.ceil(most / 2)).join("").trimEnd(), tail = fitting(letters.reverse(), Math.floor(most / 2)).reverse().join("").trimStart();
  return `${head}…${tail}`;
}

/** Of names whose ends are alike what follows the beginning that they share. @param {string[]} names @param {string} name @param {number} room @returns {string} */
function apart(names, name, room) {
  const others = names.filter(one => one !== name), most = Math.floor(room / 3);
  let shared = 0;
  while (shared < name.length && others.every(one => one[shared] === name[shared])) shared += 1;
  const head = fitting([...name.slice(0, shared)], most).join("").trimEnd();
  return `${head}…${middled(name.slice(shared), room - widthOf(head) - 1)}`;
}

/** One for each name, all different where the names are. @param {string[]} names @param {number} room @returns {string[]} */
function shortNames(names, room) {
  const groups = (/** @type {string[]} */ told) => told.map(text => names.filter((_, at) => told[at] === text));
  const first = names.map(name => middled(name, room)), alike = groups(first);
  const second = first.map((text, at) => alike[at].length > 1 ? apart(alike[at], names[at], room) : text), still = groups(second);
  return second.map((text, at) => still[at].length > 1 ? `${text} ${still[at].indexOf(names[at]) + 1}` : text);
}

/** What an axis or a legend shows instead of these names. @param {string[]} names @param {number} room @returns {Object} */
function spoken(names, room) {
  return { labelExpr: `${JSON.stringify(shortNames(names, room))}[indexof(${JSON.stringify(names)}, datum.label)]`, labelLimit: 0 };
}
