// One agreement's year on the page: the file, the kinds of acts, and the one way to do something. Whatever happens, what was typed stays.
import { change, get, Problem, query, type Session } from '../api';
import { t } from '../i18n.svelte';
import type { Act, Kind, Round, SteeringFile, Wanted } from './types';

export class Year {
  file = $state.raw() as SteeringFile;
  private readonly all: Map<string, Kind>;

  constructor(
    file: SteeringFile,
    kinds: Kind[],
    private readonly session: Session,
  ) {
    this.file = file;
    this.all = new Map(kinds.map((one) => [one.art, one]));
  }

  static async load(id: string, session: Session): Promise<Year> {
    const [file, { arten }] = await Promise.all([get<SteeringFile>(`agreements/${id}/steering`), get<{ arten: Kind[] }>('steering/kinds')]);
    return new Year(file, arten, session);
  }

  kind(code: string): Kind {
    const found = this.all.get(code);
    if (!found) throw new Error(`no act ${code}`);
    return found;
  }

  // This person, and the file as it stands: after the settlement only what speaks about it.
  can(kind: string): boolean {
    return this.file.darf && this.file.moeglich.includes(kind);
  }

  // Where its figures are shown; an agreement of a Land has no such page.
  figures(more: Record<string, string> = {}): string | undefined {
    const jobcenter = /^\d{5}(?=-)/.exec(this.file.id)?.[0];
    return jobcenter && `/jobcenter/${jobcenter}${query({ agreement: this.file.id, ...more })}`;
  }

  of(...kinds: string[]): Act[] {
    return this.file.vorgaenge.filter((one) => kinds.includes(one.art));
  }
  about(subject: string, ...kinds: string[]): Act[] {
    return this.of(...kinds).filter((one) => one.zu === subject);
  }
  // The one that a further act of this kind, subject and room takes the place of.
  newest(kind: string, subject: string, room: Act['raum'] = 'gemeinsam'): Act | undefined {
    return this.about(subject, kind).findLast((one) => one.raum === room);
  }

  // A round by the number people say; what was tried alone says so.
  roundName(round: Round): string {
    if (!round.geteilt) return t('{0}, nur für uns', round.zu.split('-')[0] ?? '');
    return `${round.zu} · ${this.of('angebot').find((one) => one.zu === round.zu)?.seite_wort ?? ''}`;
  }

  async reload() {
    this.file = await get<SteeringFile>(`agreements/${this.file.id}/steering`);
  }

  // What was done, or why nothing was.
  async act(wanted: Wanted): Promise<Act | Problem> {
    try {
      const done = await change<Act>('POST', `agreements/${this.file.id}/steering`, this.session.csrf, wanted);
      await this.reload();
      return done;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (error.status === 409 || error.status === 412) await this.reload();
      return error;
    }
  }
}

// As it is typed in German: "7.795.364,50". Where a point could be either, the server says so.
export function plain(form: string, typed: string): string {
  const text = typed.trim();
  if (form !== 'euro' && form !== 'zahl') return text;
  if (text.includes(',')) return text.replaceAll('.', '').replace(',', '.');
  return form === 'euro' && /^[+-]?\d{1,3}(\.\d{3})+$/.test(text) ? text.replaceAll('.', '') : text;
}

export async function base64(file: File): Promise<string> {
  const url = await new Promise<string>((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(String(reader.result));
    reader.onerror = () => failed(reader.error);
    reader.readAsDataURL(file);
  });
  return url.slice(url.indexOf(',') + 1);
}
