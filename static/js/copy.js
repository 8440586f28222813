// 复制：<button data-copy="文字" hidden>。没有脚本或剪贴板时按钮不出现，文字可以手工选中。
if (navigator.clipboard) {
  for (const button of document.querySelectorAll('[data-copy]')) button.hidden = false;
  document.addEventListener('click', async event => {
    const button = event.target.closest('[data-copy]');
    if (!button) return;
    const label = button.querySelector('[data-copy-label]') ?? button;
    const before = label.textContent;
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
      label.textContent = button.dataset.copyDone || '已复制';
    } catch {
      label.textContent = '没有复制成功，请手工选中';
    }
    setTimeout(() => { label.textContent = before; }, 2500);
  });
}
