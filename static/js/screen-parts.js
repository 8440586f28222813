// 大屏的零件：按名字填字、显示与隐藏、重复使用的列表行（长时间运行不增加节点）。
export const part = name => document.querySelector(`[data-part="${name}"]`);
const filled = name => document.querySelector(`[data-fill="${name}"]`);

export function fill(name, text) {
  const node = filled(name);
  if (node.textContent === text) return;
  node.textContent = text;
  if (node.parentElement.matches('.jg-sc-org > span')) node.parentElement.hidden = !text;
}

export function show(names, isShown) {
  for (const name of names) part(name).hidden = !isShown;
}

export const cell = (row, name, text) => {
  const node = row.querySelector(`[data-cell="${name}"]`) ?? row;
  if (node.textContent !== text) node.textContent = text;
};

export function list(name, items, write) {
  const holder = document.querySelector(`[data-list="${name}"]`);
  const template = holder.querySelector('template');
  while (holder.children.length - 1 < items.length) holder.append(template.content.cloneNode(true));
  const rows = [...holder.children].filter(row => row !== template);
  rows.forEach((row, index) => {
    row.hidden = index >= items.length;
    if (!row.hidden) write(row, items[index]);
  });
  holder.style.setProperty('--count', Math.max(1, items.length));
  holder.toggleAttribute('data-many', items.length > 8);
}
