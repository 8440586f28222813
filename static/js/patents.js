import { attachFind } from './patents-find.js';

// 专利清单：不重新载入就能添加、删除、移动一行；自动保存后把各行的问题写在行下。没有脚本时由按钮提交完成。
const section = document.querySelector('[data-patents]');
const rows = section.querySelector('[data-rows]');
const form = section.closest('form');
const template = section.querySelector('[data-row-template]');
const all = () => [...rows.querySelectorAll('[data-row]')];
let next = Math.max(Number(rows.dataset.total) - 1, ...all().map(row => Number(row.dataset.row))) + 1;
const first = Number(rows.dataset.first); // 查找出来的行不相连，为 0：不重新编号

function number() {
  if (first) all().forEach((row, index) => {
    const place = first + index;
    row.querySelector('[data-place]').textContent = place;
    row.querySelector('legend').textContent = `第 ${place} 件专利`;
    for (const part of row.querySelectorAll('[data-place-label]')) {
      part.setAttribute('aria-label', part.dataset.placeLabel.replace('#', place));
    }
  });
  form.dispatchEvent(new CustomEvent('rowschanged'));
}

function add() {
  const row = template.content.firstElementChild.cloneNode(true);
  for (const part of [row, ...row.querySelectorAll('*')]) {
    for (const attribute of part.attributes) attribute.value = attribute.value.replaceAll('__key__', next);
  }
  next += 1;
  rows.append(row);
  number();
  row.querySelector('input[type=text]').focus();
}

// 页首、页尾的行移到相邻的页：由服务器移，返回假。
function move(row, step) {
  const list = all();
  const other = list[list.indexOf(row) + step];
  if (!other) return false;
  if (step < 0) other.before(row); else other.after(row);
  number();
  row.querySelector(`[data-row-move="${step}"]`).focus();
  return true;
}

function remove(row) {
  const list = all();
  const neighbour = list[list.indexOf(row) + 1] ?? list[list.indexOf(row) - 1];
  row.remove();
  number();
  (neighbour?.querySelector('input[type=text]') ?? section.querySelector('[data-row-add]')).focus();
}

function message(text, isFault) {
  const line = document.createElement('p');
  line.className = isFault ? 'jg-rowmsg' : 'jg-rowmsg jg-rowmsg--warn';
  const icon = document.querySelector('.jg-formbar .jg-i').cloneNode(true);
  const use = icon.querySelector('use');
  use.setAttribute('href', use.getAttribute('href').replace(/#.*/, isFault ? '#i-alert' : '#i-info'));
  const words = document.createElement('span');
  words.textContent = text;
  line.append(icon, words);
  return line;
}

function show(result) {
  const row = rows.querySelector(`[data-row="${result.key}"]`);
  if (!row) return;
  row.querySelector('input[type=hidden]').value = result.id;
  if (result.faults.length) row.dataset.state = 'error'; else delete row.dataset.state;
  for (const control of row.querySelectorAll('input[type=text], select')) {
    const isWrong = result.wrong.some(name => control.name.endsWith(`-${name}`));
    control.classList.toggle('is-invalid', isWrong);
    if (isWrong) control.setAttribute('aria-invalid', 'true'); else control.removeAttribute('aria-invalid');
  }
  const box = row.querySelector('[data-messages]');
  box.replaceChildren(...result.faults.map(text => message(text, true)), ...result.warnings.map(text => message(text, false)));
}

section.addEventListener('click', event => {
  const button = event.target.closest('[data-row-add], [data-row-delete], [data-row-move]');
  if (!button) return;
  const row = button.closest('[data-row]');
  if (button.hasAttribute('data-row-move') && !move(row, Number(button.dataset.rowMove))) return;
  event.preventDefault();
  if (button.hasAttribute('data-row-add')) add();
  else if (button.hasAttribute('data-row-delete')) remove(row);
});
// 恢复本机副本前先补足行数：没保存的新行在页面上还没有。
form.addEventListener('keepsake', event => {
  const keys = event.detail.map(([name]) => name.match(/^p-(\d+)-number_raw$/)?.[1]).filter(Boolean).map(Number);
  for (const key of keys.filter(one => one >= next)) { next = key; add(); }
});
form.addEventListener('autosaved', event => {
  event.detail.rows.forEach(show);
  form.elements.shown.value = event.detail.shown;
  if (!event.detail.faults) document.querySelector('.jg-errsum')?.remove();
});
attachFind(section);
