export interface Settings {
  dark: boolean;
}
