import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/App";
import { findWords } from "./app/words";
import { startI18n } from "./shared/i18n/i18n";
import "./shared/theme/global.css";

await startI18n(findWords);
const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
