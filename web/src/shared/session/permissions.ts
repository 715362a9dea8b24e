/** The permissions the browser asks about, by the server's names; the server decides, this only hides what would be refused. */
export const CAN = {
  read: "read",
  editCustomers: "edit_customers",
  recordFacts: "record_facts",
  importData: "import",
  exportData: "export",
  editModel: "edit_model",
  runScoring: "run_scoring",
  managePeople: "manage_people",
  manageKeys: "manage_keys",
  manageDemo: "manage_demo",
  readAudit: "read_audit",
} as const;
