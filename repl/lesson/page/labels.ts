/** What a page says besides the lesson, in a language. */
export interface Labels {
  readonly contents: string;
  readonly task: string;
  readonly question: string;
  readonly hint: string;
  readonly solution: string;
  readonly other: string;
  readonly mistakes: string;
  readonly says: string;
  readonly right: string;
  readonly wrong: string;
  readonly only: string;
}

const english: Labels = {
  contents: 'Contents',
  task: 'Your turn',
  question: 'Question',
  hint: 'Hint',
  solution: 'Solution',
  other: 'Another answer',
  mistakes: 'Not quite',
  says: 'The lesson says:',
  right: 'Right',
  wrong: 'Not that one',
  only: 'Only on',
};

const german: Labels = {
  contents: 'Inhalt',
  task: 'Sie sind dran',
  question: 'Frage',
  hint: 'Hinweis',
  solution: 'Lösung',
  other: 'Auch richtig',
  mistakes: 'Nicht ganz',
  says: 'Die Lektion sagt:',
  right: 'Richtig',
  wrong: 'Diese nicht',
  only: 'Nur auf',
};

/** @param language such as `de`; what nobody has translated is in English */
export function labelsFor(language: string): Labels {
  return language === 'de' ? german : english;
}
