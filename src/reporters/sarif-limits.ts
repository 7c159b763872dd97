/** What GitHub takes of a SARIF file, and where we stop before it would cut or refuse. */
export const sarifLimits = {
  /** More may be uploaded, but only this many are kept. */
  results: 5000,
  rules: 25_000,
  /** Of these it keeps 10 of 20. */
  tags: 10,
  description: 1024,
  /** Ours: the compressed file may have 10 MB, which 5,000 results with unbounded texts would not keep. */
  message: 2000,
  evidence: 20,
  evidenceLine: 500,
  notifications: 100,
} as const;
