/** A number as people write it, as a link that a telephone understands: “+1 206 555 0141 ext. 2” is `tel:+12065550141;ext=2`. */
export function telLink(phone: string): string {
  const [number = '', extension = ''] = phone.toLowerCase().split(/\s*(?:ext\.?|extension|x)\s*/);
  const digits = (text: string) => text.replace(/\D/g, '');
  const plus = number.trim().startsWith('+') ? '+' : '';
  return `tel:${plus}${digits(number)}${digits(extension) === '' ? '' : `;ext=${digits(extension)}`}`;
}
