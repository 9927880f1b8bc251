// Plain JavaScript: every text is looked through.
export const name = 'String.includes';

export function build(texts) {
  const lower = texts.map((text) => text.toLowerCase());
  return (word) => {
    const found = [];
    for (let nth = 0; nth < lower.length; nth++) if (lower[nth].includes(word)) found.push(nth);
    return found;
  };
}
