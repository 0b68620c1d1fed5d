// Addresses: the path says which page, the query what is chosen on it. Both can be kept as a bookmark.
interface Place {
  path: string;
  query: Record<string, string>;
}

function current(): Place {
  return { path: location.pathname, query: Object.fromEntries(new URLSearchParams(location.search)) };
}

export const place = $state<Place>(current());

function arrive() {
  Object.assign(place, current());
}

addEventListener('popstate', arrive);

export function go(address: string, replace = false) {
  if (replace) history.replaceState(null, '', address);
  else history.pushState(null, '', address);
  arrive();
}

// The same page with another choice; nothing in the history but the last one.
export function choose(values: Record<string, string | undefined>) {
  const all = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(values)) {
    if (value) all.set(name, value);
    else all.delete(name);
  }
  const text = all.toString();
  go(location.pathname + (text ? `?${text}` : ''), true);
}

// Links within the pages do not load them anew.
export function follow(event: MouseEvent) {
  const link = (event.target as Element).closest('a');
  if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  if (link.origin !== location.origin || link.hasAttribute('download') || link.getAttribute('href')?.startsWith('#') || link.pathname.startsWith('/api/')) return;
  event.preventDefault();
  go(link.pathname + link.search);
  document.querySelector<HTMLElement>('main')?.focus();
  scrollTo(0, 0);
}
