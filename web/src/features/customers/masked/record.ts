/** A record of which the role masks something. */
export interface MaskedRecord {
  record: { kind: "customers" | "contacts"; id: number };
  /** Whether the record has something in a field; without it all masked fields are offered. */
  has?: (field: string) => boolean;
}
