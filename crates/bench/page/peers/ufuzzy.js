// uFuzzy, as it filters: without an index.
import uFuzzy from '@leeoniya/ufuzzy';

export const name = 'uFuzzy 1.0.19';

export function build(texts) {
  const fuzzy = new uFuzzy();
  return (word) => fuzzy.filter(texts, word);
}
