// 抽签的复算，与 judging/pure/draw.py、tools/verify_draw.py 同一算法，只用浏览器自带的 Web Crypto。
const encoder = new TextEncoder();
const bytes = hex => Uint8Array.from(hex.match(/../g) ?? [], pair => parseInt(pair, 16));
const hex = buffer => [...new Uint8Array(buffer)].map(one => one.toString(16).padStart(2, '0')).join('');

async function hmac(key, message) {
  const imported = await crypto.subtle.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return crypto.subtle.sign('HMAC', imported, message);
}

// 承诺书的固定行：标题、名称、相邻规则、口令链、公开数值、名单、（有相邻规则时）参赛单位。
export function readNote(note) {
  const lines = note.slice(0, note.indexOf('\n\n')).split('\n');
  let at = 4;
  const block = word => {
    const [name, count] = (lines[at] ?? '').split(' ');
    if (name !== word) throw new Error(`承诺书缺少 ${word}`);
    const found = lines.slice(at + 1, at + 1 + Number(count));
    at += 1 + Number(count);
    return found;
  };
  const [, length, end] = lines[3].split(' ');
  const commitment = { end, length: Number(length), sources: block('values'), labels: block('labels'), organisations: null };
  if (lines[2] === 'neighbours same-organisation-apart') {
    commitment.organisations = new Map(commitment.labels.map(label => [label, new Set()]));
    for (const row of block('organisations')) {
      const space = row.indexOf(' ');
      commitment.organisations.get(commitment.labels[Number(row.slice(0, space)) - 1]).add(row.slice(space + 1));
    }
  }
  return commitment;
}

// 开签码经 draw 次 SHA-256 必须到达承诺书公布的末端。
export async function leadsToCommitment(code, draw, commitment) {
  let value = bytes(code);
  if (value.length !== 32 || draw < 1 || draw > commitment.length) return false;
  for (let step = 0; step < draw; step += 1) value = new Uint8Array(await crypto.subtle.digest('SHA-256', value));
  return hex(value) === commitment.end;
}

async function position(label, code, values) {
  const key = await hmac(bytes(code), encoder.encode(values.join('\n')));
  const text = encoder.encode(label);
  const message = new Uint8Array(text.length + 1);
  message.set(text);
  message[text.length] = 1;
  return hex(await hmac(key, message));
}

function keepApart(order, organisations) {
  const result = [...order];
  const shares = (one, other) => [...organisations.get(one)].some(name => organisations.get(other).has(name));
  for (let here = 1; here < result.length; here += 1) {
    const other = result.findIndex((label, index) => index >= here && !shares(result[here - 1], label));
    if (other > here) [result[here], result[other]] = [result[other], result[here]];
  }
  return result;
}

export async function computedOrder(record, commitment) {
  const staying = commitment.labels.filter(label => !record.withdrawn.includes(label));
  const placed = await Promise.all(staying.map(async label => [await position(label, record.code, record.values), label]));
  const order = placed.sort(([one], [other]) => (one < other ? -1 : 1)).map(([, label]) => label);
  return commitment.organisations ? keepApart(order, commitment.organisations) : order;
}
