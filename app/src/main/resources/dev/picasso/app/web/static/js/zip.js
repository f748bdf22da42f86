const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LONGEST_END = 65557; // with the longest comment
const MOST = 1 << 25; // bytes of a list of files that are read

/** The names of the files in a zip, in the order of its list; none where it has no list that can be read. */
export async function namesIn(zip) {
  const tail = new DataView(await zip.slice(Math.max(0, zip.size - LONGEST_END)).arrayBuffer());
  let end = tail.byteLength - 22;
  while (end >= 0 && tail.getUint32(end, true) !== END) end--;
  if (end < 0) return [];
  const [size, start] = [tail.getUint32(end + 12, true), tail.getUint32(end + 16, true)];
  if (size > MOST || start + size > zip.size) return [];
  const list = new DataView(await zip.slice(start, start + size).arrayBuffer());
  const names = [];
  for (let at = 0; at + 46 <= list.byteLength && list.getUint32(at, true) === ENTRY;) {
    const length = list.getUint16(at + 28, true);
    if (at + 46 + length > list.byteLength) break;
    names.push(new TextDecoder().decode(new Uint8Array(list.buffer, at + 46, length)));
    at += 46 + length + list.getUint16(at + 30, true) + list.getUint16(at + 32, true);
  }
  return names.filter((name) => !name.endsWith('/') && !/^__MACOSX\/|(^|\/)\._/.test(name));
}
