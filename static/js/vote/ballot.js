// 选票：在各页之间记住选了哪些项目（只存在本次浏览中），更新按钮、票数提示和“提交选票”的地址。
// 没有脚本时，选择写在网址里，按钮是普通链接；这里只是让它更快。
const bar = document.querySelector('[data-ballot]');
const done = document.querySelector('[data-ballot-done]');
const form = document.querySelector('[data-ballot-form]');
const edition = bar?.dataset.ballot ?? done?.dataset.ballotDone ?? form?.dataset.ballotForm;
const key = `jgBallot:${edition}`;

function load() {
  try { return new Set(JSON.parse(sessionStorage.getItem(key) ?? '[]')); } catch { return new Set(); }
}
function save(picks) {
  try { sessionStorage.setItem(key, JSON.stringify([...picks])); } catch { /* 隐私模式：选择留在网址里 */ }
}

function showButton(button, picked, title) {
  button.classList.toggle('btn-primary', picked);
  button.classList.toggle('btn-outline-primary', !picked);
  button.setAttribute('aria-pressed', picked);
  button.querySelector('svg').classList.toggle('d-none', !picked);
  button.querySelector('span').textContent = picked ? '已选' : '投一票';
  const item = button.closest('li');
  const code = item.querySelector('.jg-no').textContent;
  button.setAttribute('aria-label', picked ? `已选 ${code} 号，点按取消` : `给 ${code} 号 ${title} 投一票`);
  item.toggleAttribute('data-picked', picked);
}

function showBar(picks) {
  const left = bar.dataset.left === '' ? null : Number(bar.dataset.left);
  const used = Number(bar.dataset.used) || 0;
  const count = picks.size;
  bar.querySelector('[data-ballot-count]').textContent = count ? `已选 ${count} 个` : used ? `今日已投 ${used} 票` : '还没有选择';
  const hint = bar.querySelector('[data-ballot-hint]');
  if (left !== null) hint.textContent = left === 0 ? '，票已用完' : count ? `，还可再选 ${Math.max(left - count, 0)} 个` : `，还可投 ${left} 票`;
  bar.querySelectorAll('[data-ballot-pips] i').forEach((pip, place) => {
    pip.className = place < used ? 'used' : place < used + count ? 'on' : '';
  });
  const submit = bar.querySelector('[data-ballot-submit]');
  submit.classList.toggle('disabled', count === 0);
  if (count) submit.href = `${bar.dataset.url}?${[...picks].map(number => `e=${number}`).join('&')}`;
  else submit.removeAttribute('href');
  for (const [name, value] of [['role', 'link'], ['aria-disabled', 'true']]) {
    if (count) submit.removeAttribute(name); else submit.setAttribute(name, value);
  }
}

function startList() {
  const picks = load();
  for (const number of new URLSearchParams(location.search).getAll('e')) picks.add(number);
  const buttons = [...document.querySelectorAll('[data-pick]')];
  const most = Number(bar.dataset.most) || Infinity;
  const show = () => {
    for (const button of buttons) {
      showButton(button, picks.has(button.dataset.pick), button.closest('li').querySelector('h2').textContent);
    }
    showBar(picks);
    save(picks);
  };
  for (const button of buttons) {
    button.setAttribute('role', 'button');
    button.addEventListener('keydown', event => { if (event.key === ' ') { event.preventDefault(); button.click(); } });
    button.addEventListener('click', event => {
      event.preventDefault();
      const number = button.dataset.pick;
      if (picks.has(number)) picks.delete(number);
      else if (picks.size < most) picks.add(number);
      else bar.querySelector('[data-ballot-hint]').textContent = `，最多选 ${most} 个，请先取消一个`;
      if (picks.has(number) || picks.size < most) show();
    });
  }
  show();
}

if (bar) startList();
if (done) save(new Set());
if (form) {
  // 核对页上的就是全部选择；移除一个，回到列表时也不再选中。
  save(new Set([...form.querySelectorAll('input[name="e"]')].map(input => input.value)));
  for (const link of document.querySelectorAll('[data-unpick]')) {
    link.addEventListener('click', () => { const picks = load(); picks.delete(link.dataset.unpick); save(picks); });
  }
}
