// 手机上的“材料 / 评分”两个页签。
const tabs = document.querySelectorAll('.jg-judge__tabs a');
function mark() {
  for (const tab of tabs) {
    const isMarks = tab.hash === '#marks';
    if (isMarks === (location.hash === '#marks')) tab.setAttribute('aria-current', 'true'); else tab.removeAttribute('aria-current');
  }
}
addEventListener('hashchange', mark);
mark();
