// FlexSearch: an index of the beginnings of words.
import { Index } from 'flexsearch';

export const name = 'FlexSearch 0.8.212';

export function build(texts) {
  const encode = (text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const index = new Index({ tokenize: 'forward', encode });
  texts.forEach((text, nth) => index.add(nth, text));
  return (word) => index.search(word, { limit: texts.length });
}
