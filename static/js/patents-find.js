// 长清单：回车就查找，勾选“只看有错的”立即查找（都先保存这一页）；从错误摘要或“第几件”跳来时对准那一行。
export function attachFind(section) {
  const box = section.querySelector('[data-rows-find]');
  if (box) {
    const [words, wrong] = box.querySelectorAll('input');
    const find = box.querySelector('button');
    words.addEventListener('keydown', event => {
      if (event.key !== 'Enter') return;
      event.preventDefault();
      find.click();
    });
    wrong.addEventListener('change', () => find.click());
  }

  function reveal() {
    const control = document.getElementById(location.hash.slice(1));
    if (!control?.closest('[data-row]')) return;
    control.closest('details')?.setAttribute('open', '');
    // 没画过的行高度是估计的：画出来后再对准一次。
    const aim = () => control.scrollIntoView({ block: 'center', behavior: 'instant' });
    aim();
    control.focus({ preventScroll: true });
    for (const wait of [60, 300]) setTimeout(aim, wait);
  }

  addEventListener('hashchange', reveal);
  reveal();
}
