// 分块传送一个文件：断网、刷新、服务器重启后从已收到的位置继续。每块的大小随网速调整，一块约一秒。
const SMALLEST = 32 * 1024;
const WANTED_MS = 1200;
const PATIENCE = [1, 2, 4, 8, 15, 30];

export class Refused extends Error {}

// 各阶段告诉上传人的话
export const WORDS = {
  sending: percent => `正在上传 ${percent}%`,
  resumed: percent => `从上次的 ${percent}% 处继续`,
  waiting: percent => `网络中断，已传 ${percent}%，恢复后自动继续`,
  checking: () => '正在检查文件…',
};

const pause = ms => new Promise(resolve => { setTimeout(resolve, ms); });

async function sentence(answer) {
  if (answer.type === 'opaqueredirect') return '登录已过期。请重新登录，再选择同一文件，会从断点继续。';
  try { return (await answer.json()).title; } catch { return ''; }
}

export class Transfer {
  // ask: { url, token, purpose, target, slot }；tell: (阶段, 已收到, 总数) => 无
  constructor(file, ask, tell) {
    Object.assign(this, { file, ask, tell, offset: 0, step: 256 * 1024, paused: false, stopped: false });
  }

  async run() {
    await this.begin();
    while (this.offset < this.file.size) {
      await this.wait();
      await this.next();
    }
    this.tell('checking', this.offset, this.file.size);
    const done = await this.request(`${this.id}/finish/`, { method: 'POST' });
    return (await done.json()).url;
  }

  async begin() {
    const { purpose, target, slot } = this.ask;
    const { name, size, lastModified } = this.file;
    const body = new URLSearchParams({ purpose, target, slot, name, size, fingerprint: `${name}|${size}|${lastModified}` });
    const begun = await (await this.request('', { method: 'POST', body })).json();
    this.id = begun.id;
    this.most = begun.chunk;
    this.offset = begun.offset;
    this.tell(begun.offset ? 'resumed' : 'sending', this.offset, size);
  }

  async next() {
    const body = this.file.slice(this.offset, this.offset + Math.min(this.step, this.most));
    const started = performance.now();
    const headers = { 'Content-Type': 'application/octet-stream' };
    const answer = await this.request(`${this.id}/?offset=${this.offset}`, { method: 'PUT', body, headers }, [409]);
    const state = await answer.json();
    if (answer.ok) {
      const took = Math.max(performance.now() - started, 1);
      this.step = Math.round(Math.min(this.most, Math.max(SMALLEST, (body.size * WANTED_MS) / took)));
    }
    this.offset = state.offset;
    this.tell('sending', this.offset, this.file.size);
  }

  // 断网和服务器忙时等一等再试；服务器说明原因的拒绝不再试。
  async request(path, options, accepted = []) {
    for (let failures = 0; ; failures += 1) {
      await this.wait();
      let answer = null;
      try {
        answer = await fetch(this.ask.url + path, {
          ...options, redirect: 'manual', credentials: 'same-origin', headers: { 'X-CSRFToken': this.ask.token, ...options.headers },
        });
      } catch { /* 网络中断 */ }
      if (answer && (answer.ok || accepted.includes(answer.status))) return answer;
      if (answer?.status === 503) {
        failures = -1;
        await pause(400 + Math.random() * 800);
        continue;
      }
      if (answer && answer.status < 500) throw new Refused(await sentence(answer) || '文件没有上传成功，请刷新页面后重试。');
      this.tell('waiting', this.offset, this.file.size);
      await this.sleep(PATIENCE[Math.min(failures, PATIENCE.length - 1)] * 1000);
      if (path.includes('?offset=') && this.id) {
        options = await this.again(options);
        path = `${this.id}/?offset=${this.offset}`;
      }
    }
  }

  // 不知道上一块到了没有：问服务器收到哪里，从那里重新切。
  async again(options) {
    try {
      const answer = await fetch(`${this.ask.url}${this.id}/`, { credentials: 'same-origin', redirect: 'manual' });
      if (answer.ok) this.offset = (await answer.json()).offset;
    } catch { /* 仍未恢复：原样再试 */ }
    return { ...options, body: this.file.slice(this.offset, this.offset + SMALLEST * 2) };
  }

  sleep(ms) {
    return Promise.race([pause(ms), new Promise(resolve => { addEventListener('online', resolve, { once: true }); })]);
  }

  async wait() {
    while (this.paused) await pause(200);
    if (this.stopped) throw new Refused('已取消上传。');
  }

  discard() {
    this.stopped = true;
    this.paused = false;
    if (!this.id) return Promise.resolve();
    const headers = { 'X-CSRFToken': this.ask.token };
    return fetch(`${this.ask.url}${this.id}/discard/`, { method: 'POST', headers, redirect: 'manual', credentials: 'same-origin' });
  }
}
