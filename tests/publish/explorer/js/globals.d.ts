// Types for those who check the modules; nothing of it is in the page.

interface Actions {
  refresh(changes: object | null): void;
  select(i: number): void;
  cell(thing: number, actor: number): void;
  around(i: number): void;
  toggleKind(k: number): void;
  reset(): void;
  flash(text: string): void;
  copy(text: string): Promise<void>;
  theme(): 'light' | 'dark';
  paper(on: boolean): void;
}

declare const vis: any;
interface Window {
  samgraf: object;
}
// All elements that the page makes or asks for are HTML's or SVG's.
interface Element extends HTMLOrSVGElement {
  disabled: boolean;
  placeholder: string;
}
interface EventTarget {
  closest(selector: string): Element | null;
  tagName: string;
  type: string;
}
