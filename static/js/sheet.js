// 导入表格：选好文件就读取；把文件拖到框里等于选择文件。没有脚本时按“读取表格”。
const field = document.querySelector('[data-submit-on-choice]');
const box = field?.closest('[data-drop]');

if (field) {
  field.addEventListener('change', () => { if (field.files.length) field.form.requestSubmit(); });
  for (const name of ['dragover', 'dragenter']) {
    box.addEventListener(name, event => { event.preventDefault(); box.dataset.over = ''; });
  }
  box.addEventListener('dragleave', () => { delete box.dataset.over; });
  box.addEventListener('drop', event => {
    event.preventDefault();
    delete box.dataset.over;
    if (!event.dataTransfer.files.length) return;
    field.files = event.dataTransfer.files;
    field.form.requestSubmit();
  });
}
