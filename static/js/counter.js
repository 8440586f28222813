// 字数：<input data-counter="50">，在标签右侧显示“12 / 50”。服务器同样检查，这里只为看见。
function attach(control) {
  const limit = Number(control.dataset.counter);
  const label = document.querySelector(`label[for="${control.id}"]`);
  if (!label || !limit) return;
  const output = document.createElement('span');
  output.className = 'jg-counter';
  output.setAttribute('aria-hidden', 'true');
  label.after(output);
  const paint = () => {
    const length = [...control.value.replace(/\r?\n/g, '\r\n')].length;
    output.textContent = `${length} / ${limit}`;
    output.toggleAttribute('data-over', length > limit);
  };
  control.addEventListener('input', paint);
  paint();
}

for (const control of document.querySelectorAll('[data-counter]')) attach(control);
