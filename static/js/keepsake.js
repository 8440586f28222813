// 没有保存的内容在本机留一份：浏览器关掉、登录失效后，同一个人再打开同一步时提示恢复。只留 7 天，换人登录即删除。
const PREFIX = 'jg-keepsake:';
const WEEK = 7 * 24 * 3600 * 1000;
const LEFT_OUT = new Set(['csrfmiddlewaretoken', 'version', 'base', 'action']);

// 分页的清单：各页各留一份。
const key = form => `${PREFIX}${form.dataset.owner}:${location.pathname}${form.elements.page ? `?${form.elements.page.value}` : ''}`;
const fields = form => [...new FormData(form)].filter(([name, value]) => !LEFT_OUT.has(name) && typeof value === 'string');

export function keep(form) {
  const value = { at: Date.now(), fields: fields(form) };
  try { localStorage.setItem(key(form), JSON.stringify(value)); } catch { /* 隐私模式或空间已满：只靠自动保存 */ }
}

export function forget(form) {
  try { localStorage.removeItem(key(form)); } catch { /* 同上 */ }
}

// 别人的、过期的一律删去。
function sweep(owner) {
  for (const name of Object.keys(localStorage).filter(one => one.startsWith(PREFIX))) {
    const kept = JSON.parse(localStorage.getItem(name));
    if (!name.startsWith(`${PREFIX}${owner}:`) || Date.now() - kept.at > WEEK) localStorage.removeItem(name);
  }
}

function restore(form, kept) {
  const values = new Map();
  for (const [name, value] of kept) values.set(name, [...(values.get(name) ?? []), value]);
  for (const control of form.elements) {
    if (!control.name || LEFT_OUT.has(control.name) || control.type === 'hidden' || control.disabled) continue;
    const own = values.get(control.name) ?? [];
    if (control.type === 'checkbox' || control.type === 'radio') control.checked = own.includes(control.value);
    else if (own.length && control.type !== 'file' && control.type !== 'submit') control.value = own[0];
  }
  form.dispatchEvent(new CustomEvent('input', { bubbles: true }));
}

export function offer(form) {
  const banner = document.querySelector('[data-keepsake]');
  if (!banner) return;
  try {
    sweep(form.dataset.owner);
    const kept = JSON.parse(localStorage.getItem(key(form)) ?? 'null');
    if (!kept) return;
    if (JSON.stringify(kept.fields) === JSON.stringify(fields(form))) { forget(form); return; }
    const rows = new CustomEvent('keepsake', { detail: kept.fields });
    const at = new Date(kept.at);
    banner.querySelector('[data-keepsake-at]').textContent = at.toLocaleString('zh-CN', { hour12: false, timeZone: 'Asia/Shanghai' });
    banner.hidden = false;
    banner.addEventListener('click', event => {
      const button = event.target.closest('button');
      if (!button) return;
      if (button.hasAttribute('data-keepsake-restore')) { form.dispatchEvent(rows); restore(form, kept.fields); } else forget(form);
      banner.hidden = true;
    });
  } catch { /* 隐私模式：没有本机副本 */ }
}
