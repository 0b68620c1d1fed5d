// German is the language of the pages, and each German text is its own key; English stands beside it in english/, a file for each page.
// What the server says (problems, derivations, words of agreements) stays German and is marked with lang="de".
import { english } from './english';

export type Language = 'de' | 'en';

export const language = $state<{ code: Language }>({ code: localStorage.getItem('language') === 'en' ? 'en' : 'de' });

export function speak(code: Language) {
  language.code = code;
  localStorage.setItem('language', code);
}

// Marks a German text that is given to t() later: const words = { sum: de('Summe') }.
export const de = (german: string) => german;

// t('Seite {0} von {1}', 2, 7). A text without English is found by web/english.test.mjs, never by a reader.
export function t(german: string, ...values: (string | number)[]): string {
  const text = language.code === 'en' ? (english[german] ?? german) : german;
  return text.replace(/\{(\d)\}/g, (_, index: string) => String(values[Number(index)] ?? ''));
}

export const locale = () => (language.code === 'en' ? 'en-GB' : 'de-DE');
