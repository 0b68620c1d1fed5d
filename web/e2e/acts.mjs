// What people do on the pages of a steering year, for the walks.
export const part = async (page, name) => {
  await page.getByRole('tab', { name }).click();
  await page.getByRole('heading', { level: 2, name }).waitFor();
};
export const openYear = async (page, url, id, tab) => {
  await page.goto(`${url}/steuerung/${id}`);
  await part(page, tab);
};

// Fills a form by its labels, as a person does; dates, months and choices by what stands there.
export async function fill(form, values) {
  for (const [label, value] of Object.entries(values)) {
    const named = form.getByLabel(new RegExp(`^${label}( \\(freiwillig\\))?$`));
    const field = ((await named.count()) ? named : form.getByLabel(label)).first();
    if (value === true) await field.check();
    else if (value?.buffer) await field.setInputFiles(value);
    else if (await field.evaluate((node) => node.tagName === 'SELECT')) await field.selectOption({ label: await field.locator('option', { hasText: value }).first().innerText() });
    else await field.fill(value);
  }
}

// Opens „title“ on the page or in a part of it, fills it in and sends it.
export async function put(where, title, values) {
  const details = where.locator('details.do', { has: (where.page?.() ?? where).locator('summary', { hasText: title }) }).first();
  await details.locator('summary').first().click();
  const form = details.locator('form');
  const send = form.getByRole('button', { name: /Festhalten|Bewusst/ });
  await send.waitFor(); // its fields are all there then
  await fill(form, values);
  await send.click();
  await details.locator('form').waitFor({ state: 'detached' });
}

export const agree = (where) => where.getByRole('button', { name: 'Zustimmen' }).first().click();

// Agrees to everything that this person is asked for on a part of the page.
export async function agreeToAll(page, url, id, tab) {
  await openYear(page, url, id, tab);
  const buttons = page.getByRole('button', { name: 'Zustimmen' });
  const asked = await buttons.count();
  for (let left = asked; left > 0; left -= 1) {
    await buttons.first().click();
    await page.waitForFunction((wanted) => [...document.querySelectorAll('.consent button')].length === wanted, left - 1);
  }
  return asked;
}
