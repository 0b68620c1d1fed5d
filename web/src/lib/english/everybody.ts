export const everybody: Record<string, string> = {
  'Veröffentlichte Kennzahlen': 'Published figures',
  'Kennzahlen nach § 48a SGB II je Jobcenter, nach drei Monaten Wartezeit endgültig. Was auf ein oder zwei Personen schließen ließe, bleibt geheim.':
    'Figures under section 48a SGB II for each Jobcenter, final after three months. What would disclose one or two persons is withheld.',
  Kennzahl: 'Figure',
  'Es ist noch nichts veröffentlicht.': 'Nothing has been published yet.',
  '{0} ({1}), Berichtsmonat {2}, Ladestand {3}': '{0} ({1}), reporting month {2}, Ladestand {3}',
  Jobcenter: 'Jobcenter',
  Land: 'Land',
  Wert: 'Value',
  geheim: 'withheld',
  'liegt nicht vor': 'not available',
};
