// 现场页面的轮询：带 ETag，未变化时只是一个 304；较小的状态号一律不采用，画面不会倒退。
const TIMEOUT = 8000;

// paint(state) 画出新状态；link(isUp) 在连接中断与恢复时各调用一次。
export function follow(url, every, first, { paint, link }) {
  let seen = first.number;
  let tag = '';
  let isUp = true;

  const tell = up => { if (up !== isUp) { isUp = up; link(up); } };

  async function ask() {
    const answer = await fetch(url, {
      headers: tag ? { 'If-None-Match': tag } : {}, cache: 'no-store', credentials: 'same-origin', signal: AbortSignal.timeout(TIMEOUT),
    });
    if (answer.status === 304) return;
    if (answer.redirected) { location.reload(); return; } // 登录已失效：重新打开本页，由服务器引到登录页
    if (!answer.ok) throw new Error(String(answer.status));
    const state = await answer.json();
    if (state.number < seen) return;
    paint(state);
    seen = state.number; // 画成之后才算看过：画到一半出错，下一次再画
    tag = answer.headers.get('ETag') ?? '';
  }

  async function poll() {
    try { await ask(); tell(true); } catch { tell(false); }
    setTimeout(poll, every);
  }

  paint(first);
  setTimeout(poll, every);
}
