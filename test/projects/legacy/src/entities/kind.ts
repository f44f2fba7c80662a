export enum Kind {
  Poet = 'poet',
  Novelist = 'novelist',
}
