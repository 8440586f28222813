// 后台侧栏在窄屏上的抽屉：锁定焦点，按 Esc 或点遮罩关闭。没有脚本时由 :target 打开。
const side = document.getElementById('side');
const opener = document.querySelector('[data-side-open]');
const rest = () => document.querySelectorAll('.jg-app > :not(#side)');

function toggle(open) {
  side.toggleAttribute('data-open', open);
  for (const element of rest()) element.inert = open;
  (open ? side.querySelector('[data-side-close]') : opener).focus();
}

if (side && opener) {
  opener.addEventListener('click', event => { event.preventDefault(); toggle(true); });
  side.querySelector('[data-side-close]').addEventListener('click', event => { event.preventDefault(); toggle(false); });
  document.addEventListener('keydown', event => {
    if (event.key === 'Escape' && side.hasAttribute('data-open')) toggle(false);
  });
  document.addEventListener('click', event => {
    if (side.hasAttribute('data-open') && !side.contains(event.target) && !opener.contains(event.target)) toggle(false);
  });
  matchMedia('(min-width: 62rem)').addEventListener('change', event => {
    if (event.matches && side.hasAttribute('data-open')) toggle(false);
  });
}
