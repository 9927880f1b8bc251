// MiniSearch: an index of words, by their beginnings.
import MiniSearch from 'minisearch';

export const name = 'MiniSearch 7.2.0';

export function build(texts) {
  const index = new MiniSearch({ fields: ['text'] });
  index.addAll(texts.map((text, id) => ({ id, text })));
  return (word) => index.search(word, { prefix: true, combineWith: 'AND' }).map(({ id }) => id);
}
