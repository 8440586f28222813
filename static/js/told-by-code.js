// 单位登记：信用代码填好后选好主体类型和所在地（accounts/pure/registration.py 给出对照表）。自己选过的不再改动。
const form = document.querySelector('[data-told-by-code]')?.form;

function told(tables, code, name) {
  const found = {};
  found.kind = tables.kinds[code.slice(0, 2)] ?? '';
  if (found.kind === 'public_institution') {
    const word = Object.keys(tables.words).find(one => name.includes(one));
    if (word) found.kind = tables.words[word];
  }
  const region = code.slice(2, 8);
  if (tables.districts.includes(region)) found.district = region;
  else if (/^\d{6}$/.test(region) && !region.endsWith('0000') && !region.startsWith(tables.city)) found.district = tables.outside;
  return found;
}

function attach() {
  const { uscc, name, kind, district } = form.elements;
  const tables = JSON.parse(uscc.dataset.toldByCode);
  const selects = { kind, district };
  const own = new Set(Object.keys(selects).filter(key => selects[key].value));
  const abroad = ['registered_in', 'registration_number'].map(key => form.elements[key].closest('.mb-3'));
  const show = () => { for (const box of abroad) box.hidden = kind.value !== 'overseas'; };
  const suggest = () => {
    const code = uscc.value.normalize('NFKC').toUpperCase().replace(/[^0-9A-Z]/g, '');
    if (code.length !== 18) return;
    for (const [key, value] of Object.entries(told(tables, code, name.value))) {
      if (value && !own.has(key)) selects[key].value = value;
    }
    show();
  };
  for (const field of [uscc, name]) field.addEventListener('input', suggest);
  for (const [key, select] of Object.entries(selects)) {
    select.addEventListener('change', () => { own.add(key); show(); });
  }
  show();
}

if (form) attach();
