/** Numbers behind pointers. */

/** A pointer to a number that is read or written: a ULONG or a SIZE_T. */
export interface NumberCell {
  value: number;
}
