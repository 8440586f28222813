// 评分：滑块与数字框同步，合计实时更新；空值不计 0 分。金额与分值在服务器上用十进制计算，
// 这里只为显示：以百万分之一分的整数相加（分值两位小数 × 权重四位小数），不用浮点数累加。
const criteria = () => [...document.querySelectorAll('[data-crit]')];
const weight = criterion => Math.round(Number(criterion.dataset.weight ?? 1) * 10000);
const points = (criterion, text) => Math.round(Number(text) * 100) * weight(criterion);
const written = amount => (amount / 1e6).toFixed(6).replace(/0{1,5}$/, '');

function paint(criterion) {
  const number = criterion.querySelector('input[type=number]');
  const range = criterion.querySelector('input[type=range]');
  const empty = number.value === '';
  criterion.toggleAttribute('data-unscored', empty);
  const badge = criterion.querySelector('[data-unscored-badge]');
  if (badge) badge.hidden = !empty;
  if (range) {
    range.hidden = false;
    range.toggleAttribute('data-empty', empty);
    range.value = empty ? 0 : number.value;
    range.style.setProperty('--p', empty ? '0%' : `${(number.value / number.max) * 100}%`);
    range.setAttribute('aria-valuetext', empty ? '未评' : `${number.value} 分，满分 ${number.max} 分`);
  }
  document.querySelector(`[data-bar="${criterion.dataset.crit}"]`)?.setAttribute('width', empty ? 0 : points(criterion, number.value) / 1e6);
  return empty ? null : points(criterion, number.value);
}

function stack() {
  let x = 0;
  for (const bar of document.querySelectorAll('[data-bar]')) {
    bar.setAttribute('x', x);
    x += Number(bar.getAttribute('width'));
  }
}

function total() {
  const marks = criteria().map(paint);
  const given = marks.filter(mark => mark !== null);
  const missing = marks.length - given.length;
  const output = document.querySelector('[data-total]');
  if (output) output.textContent = given.length ? written(given.reduce((sum, mark) => sum + mark, 0)) : '—';
  const left = document.querySelector('[data-left]');
  if (left) {
    left.textContent = missing ? `还有 ${missing} 项未评` : '各项均已评分';
    left.classList.toggle('jg-warn', missing > 0);
    left.classList.toggle('jg-ok', missing === 0);
  }
  const submit = document.querySelector('[data-submit]');
  if (submit) submit.disabled = missing > 0;
  stack();
}

document.addEventListener('input', event => {
  const criterion = event.target.closest('[data-crit]');
  if (!criterion) return;
  if (event.target.type === 'range') {
    const number = criterion.querySelector('input[type=number]');
    number.value = event.target.value;
    number.dispatchEvent(new Event('change', { bubbles: true }));
  }
  total();
});
if (criteria().length) total();
