// 铃铛：未读消息数，每分钟最多问一次；换页时先用记住的数。没有脚本时铃铛只是一个链接。
const KEPT_MS = 60_000;
const bell = document.querySelector('[data-bell]');

function show(count) {
  for (const mark of document.querySelectorAll('[data-unread]')) {
    mark.hidden = !count;
    mark.textContent = count > 99 ? '99+' : count;
  }
}

function kept() {
  try { return JSON.parse(sessionStorage.getItem('jgUnread')) ?? {}; } catch { return {}; }
}

async function ask() {
  const known = kept();
  if (Date.now() - (known.at ?? 0) > KEPT_MS || location.pathname.startsWith('/my/messages/')) {
    const answer = await fetch(bell.dataset.bell, { credentials: 'same-origin', redirect: 'error' });
    const { unread } = await answer.json();
    try { sessionStorage.setItem('jgUnread', JSON.stringify({ unread, at: Date.now() })); } catch { /* 隐私模式 */ }
    show(unread);
  } else {
    show(known.unread);
  }
}

if (bell) ask().catch(() => { /* 断网或登录过期：不显示数字 */ });
