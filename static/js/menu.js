// details 菜单：点别处、按 Esc、打开另一个时收起。没有脚本时菜单仍可用。
const openMenus = () => document.querySelectorAll('details[data-menu][open]');

document.addEventListener('click', event => {
  for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
});
document.addEventListener('keydown', event => {
  if (event.key !== 'Escape') return;
  for (const menu of openMenus()) {
    menu.open = false;
    if (menu.contains(document.activeElement)) menu.querySelector('summary').focus();
  }
});
document.addEventListener('focusin', event => {
  for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
});
