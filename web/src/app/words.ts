/** Where the words of each part lie: shared, app, and one file per feature and language. */
const files = import.meta.glob(["../shared/locales/*.json", "./locales/*.json", "../features/*/locales/*.json"]);

export function findWords(language: string, namespace: string) {
  const folder = namespace === "shared" ? "../shared" : namespace === "app" ? "." : `../features/${namespace}`;
  return files[`${folder}/locales/${language}.json`];
}
