// What stands on more than one page.
export const common: Record<string, string> = {
  Übersicht: 'Overview',
  Vergleich: 'Comparison',
  Lieferungen: 'Deliveries',
  Protokoll: 'Record',
  Vereinbarungen: 'Agreements',
};
