// 不可撤销的操作：<a data-confirm="dialog-id" href="确认页">。有脚本时在原页打开对话框，没有时进入确认页。
for (const dialog of document.querySelectorAll('dialog[data-confirm-dialog]')) {
  dialog.querySelector('[data-confirm-cancel]').addEventListener('click', event => {
    event.preventDefault();
    dialog.close();
  });
}
document.addEventListener('click', event => {
  const link = event.target.closest('[data-confirm]');
  if (!link || event.ctrlKey || event.metaKey) return;
  const dialog = document.getElementById(link.dataset.confirm);
  if (!dialog?.showModal) return;
  event.preventDefault();
  dialog.showModal();
  dialog.querySelector('[data-confirm-cancel]').focus();
});
