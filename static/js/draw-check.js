// “在您的手机上核对”：取抽签记录，自己算一遍，与页面上的顺序逐位比较。没有脚本时可以下载记录用核对工具验证。
import { computedOrder, leadsToCommitment, readNote } from './draw-order.js';

function verdict(section, isGood, text) {
  const note = document.createElement('div');
  note.className = `jg-note jg-note--${isGood ? 'ok' : 'danger'} mb-4`;
  note.textContent = text;
  section.querySelector('[data-draw-verdict]').replaceChildren(note);
}

function mark(section, order) {
  const rows = [...section.querySelectorAll('tr[data-label]')];
  section.querySelector('[data-check-head]').hidden = false;
  let wrong = order.length === rows.length ? 0 : 1;
  rows.forEach((row, index) => {
    const isSame = row.dataset.label === order[index];
    const cell = row.querySelector('[data-check]');
    cell.hidden = false;
    cell.className = isSame ? 'ok' : 'no';
    cell.textContent = isSame ? '一致' : `不一致，应为 ${order[index] ?? '无'}`;
    if (!isSame) wrong += 1;
  });
  return wrong;
}

async function check(section) {
  const record = await (await fetch(section.dataset.draw, { cache: 'no-store' })).json();
  const commitment = readNote(record.note);
  if (!await leadsToCommitment(record.code, record.draw, commitment)) {
    verdict(section, false, '不一致：公布的开签码与承诺书不符。');
    return;
  }
  if (record.values.length !== commitment.sources.length) {
    verdict(section, false, '不一致：公开数值的个数与承诺书不符。');
    return;
  }
  const wrong = mark(section, await computedOrder(record, commitment));
  const good = '一致：开签码与承诺书相符，您的浏览器算出的顺序与公布的完全相同。公开数值请与其发布机构公布的核对。';
  verdict(section, wrong === 0, wrong ? '不一致：公布的顺序不是由开签码和公开数值算出的。' : good);
}

for (const button of document.querySelectorAll('[data-draw-check]')) {
  button.hidden = false;
  button.addEventListener('click', async () => {
    const section = button.closest('[data-draw]');
    if (!globalThis.crypto?.subtle) {
      verdict(section, false, '这个浏览器不能在当前连接上计算。请用 https 地址打开，或下载抽签记录用核对工具验证。');
      return;
    }
    button.setAttribute('aria-busy', 'true');
    try { await check(section); } catch { verdict(section, false, '没有取到完整的抽签记录，请重试。'); } finally { button.removeAttribute('aria-busy'); }
  });
}
