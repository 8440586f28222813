// 倒计时：<… data-until="ISO" data-now="ISO">，依次写入其中的 <b>（天、时、分，可有秒）。
// 以服务器给出的 data-now 为准，手机时钟不准也不差；读屏不逐秒播报。
const MINUTE = 60000;
const UNITS = [1440 * MINUTE, 60 * MINUTE, MINUTE, 1000];

function start(element) {
  const end = Date.parse(element.dataset.until);
  const server = Date.parse(element.dataset.now);
  const begun = performance.now();
  const cells = [...element.querySelectorAll('b')];
  if (Number.isNaN(end) || Number.isNaN(server)) return;
  const tick = () => {
    let rest = Math.max(0, end - server - (performance.now() - begun));
    cells.forEach((cell, index) => {
      const amount = Math.floor(rest / UNITS[index]);
      rest -= amount * UNITS[index];
      cell.textContent = index && cells.length > 3 ? String(amount).padStart(2, '0') : amount;
    });
    if (end - server - (performance.now() - begun) <= 0) {
      clearInterval(timer);
      element.dispatchEvent(new CustomEvent('jg:due', { bubbles: true }));
    }
  };
  const timer = setInterval(tick, 1000);
  tick();
}

const scan = scope => scope.querySelectorAll('[data-until]:not([data-running])').forEach(element => {
  element.dataset.running = '';
  start(element);
});
document.addEventListener('htmx:afterSwap', event => scan(event.target.parentElement ?? document));
scan(document);
