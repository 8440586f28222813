// 现场计时：由阶段开始时刻和服务器时间推算，不在本机累计，刷新、换机都不差。
// 大屏用 setClock；工作台和评委页写 <… data-clock data-phase-at data-now data-length data-warn data-label>（毫秒、秒）。
const clocks = new Map();

// 服务器此刻的毫秒数，从收到回答时起随本机单调时钟前进。
export function serverClock(now) {
  const begun = performance.now();
  return () => now + performance.now() - begun;
}

const written = seconds => {
  const whole = Math.max(0, seconds);
  return `${String(Math.floor(whole / 60)).padStart(2, '0')}:${String(whole % 60).padStart(2, '0')}`;
};

function write(node, text) {
  if (node && node.textContent !== text) node.textContent = text;
}

function paint(element, { phaseAt, length, warn, label, now }) {
  const elapsed = (now() - phaseAt) / 1000;
  const rest = length - elapsed;
  const isLate = length > 0 && rest <= warn;
  write(element.querySelector('[data-time]'), written(length ? Math.ceil(rest) : Math.floor(elapsed)));
  write(element.querySelector('[data-label]'), isLate ? (rest <= 0 ? '时间到' : '即将结束') : label);
  element.querySelector('[data-ring]')?.setAttribute('stroke-dasharray', `${length ? Math.max(0, 100 * rest / length) : 100} 100`);
  element.toggleAttribute('data-late', isLate);
}

// settings 为 null 时停表。
export function setClock(element, settings) {
  if (!settings) { clocks.delete(element); return; }
  clocks.set(element, settings);
  paint(element, settings);
}

function scan(scope) {
  for (const element of clocks.keys()) if (!element.isConnected) clocks.delete(element);
  for (const element of scope.querySelectorAll('[data-clock][data-phase-at]')) {
    const { phaseAt, now, length, warn, label } = element.dataset;
    setClock(element, { phaseAt: +phaseAt, length: +length, warn: +warn, label, now: serverClock(+now) });
  }
}

setInterval(() => clocks.forEach((settings, element) => paint(element, settings)), 250);
document.addEventListener('htmx:afterSwap', () => scan(document));
scan(document);
