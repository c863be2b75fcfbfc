/** The sections of an object file of Windows. */

/** Name to content. */
export function sectionsOf(file: Uint8Array): Map<string, Uint8Array> {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const count = view.getUint16(2, true);
  const first = 20 + view.getUint16(16, true);
  const sections = new Map<string, Uint8Array>();
  for (let i = 0; i < count; i++) {
    const at = first + 40 * i;
    const name = String.fromCharCode(...file.subarray(at, at + 8)).replace(/\0+$/, "");
    const size = view.getUint32(at + 16, true);
    const from = view.getUint32(at + 20, true);
    sections.set(name, file.subarray(from, from + size));
  }
  return sections;
}
