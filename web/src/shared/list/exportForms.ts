/** The files a list can be taken as, by the names of their words: `export.…`. */
export const EXPORT_FORMS = {
  xlsx: { format: "xlsx" },
  csv: { format: "csv" },
  // For programs that stumble over the mark by which spreadsheets know UTF-8.
  csv_plain: { format: "csv", bom: false },
  parquet: { format: "parquet" },
} as const;

export type ExportForm = keyof typeof EXPORT_FORMS;

export const exportForms = Object.keys(EXPORT_FORMS) as ExportForm[];
