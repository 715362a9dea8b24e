import { SearchOutlined } from "@ant-design/icons";
import { Input, type InputRef } from "antd";
import { useRef, useState, type KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { useKeys } from "@/shared/keys/keys";
import { GradeBadge } from "@/shared/ui/Grade";
import { useErrorText } from "@/shared/ui/states";
import styles from "./Frame.module.css";
import { pathOf, useSearch, type Found } from "./useSearch";

/** Finds customers by name, pinyin or phone; "/" goes here, Enter opens the marked one, or the list when there is none. */
export function SearchBox({ phone }: { phone: boolean }) {
  const { t } = useTranslation(["app", "shared"]);
  const navigate = useNavigate();
  const input = useRef<InputRef>(null);
  const [text, setText] = useState("");
  const [focused, setFocused] = useState(false);
  const [at, setAt] = useState(0);
  const { found, searching, asked, error } = useSearch(text);
  useKeys([{ keys: ["/"], label: t("search.placeholder"), group: t("shared:keys.everywhere"), run: () => input.current?.focus() }]);

  const chosen = Math.min(at, found.length - 1);
  const open = focused && asked !== "" && text.trim() !== "" && !(searching && found.length === 0);
  const go = (path: string) => {
    setText("");
    input.current?.blur();
    void navigate(path);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const marked = found[chosen];
    if (event.key === "ArrowDown") setAt(Math.min(chosen + 1, found.length - 1));
    else if (event.key === "ArrowUp") setAt(Math.max(chosen - 1, 0));
    else if (event.key === "Escape") input.current?.blur();
    else if (event.key === "Enter" && open && marked) go(pathOf(marked));
    else if (event.key === "Enter" && text.trim()) go(`/customers?q=${encodeURIComponent(text.trim())}`);
    else return;
    event.preventDefault();
  };
  return (
    <div className={styles.search} role="search" aria-label={t("search.placeholder")}>
      <Input
        ref={input}
        variant="filled"
        prefix={<SearchOutlined />}
        suffix={<kbd className={styles.hint}>/</kbd>}
        placeholder={t(phone ? "search.short" : "search.placeholder")}
        role="combobox"
        aria-label={t("search.placeholder")}
        aria-autocomplete="list"
        aria-expanded={open}
        aria-controls={open ? "search-found" : undefined}
        aria-activedescendant={open && found[chosen] ? `search-found-${chosen}` : undefined}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
        }}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
        onKeyDown={onKeyDown}
      />
      {open && <FoundList found={found} chosen={chosen} error={error} onMark={setAt} onGo={(item) => go(pathOf(item))} />}
    </div>
  );
}

interface ListProps {
  found: Found[];
  chosen: number;
  error: unknown;
  onMark: (at: number) => void;
  onGo: (item: Found) => void;
}

function FoundList({ found, chosen, error, onMark, onGo }: ListProps) {
  const { t } = useTranslation("app");
  const errorText = useErrorText();
  return (
    <ul className={styles.found} role="listbox" id="search-found" aria-label={t("search.found")}>
      {found.map((item, index) => (
        // The keyboard is handled by the field above, as a combobox does it; pressing must not take the focus from it.
        // eslint-disable-next-line jsx-a11y/click-events-have-key-events
        <li key={`${item.type}-${item.id}`} id={`search-found-${index}`} role="option" aria-selected={index === chosen} onMouseDown={(event) => event.preventDefault()} onMouseEnter={() => onMark(index)} onClick={() => onGo(item)}>
          <span className={styles.result}>
            <span>
              {item.name} {item.customer && <span className={styles.matched}>{item.customer.name}</span>} {item.matched && item.matched !== "name" && <span className={styles.matched}>{t(`search.matched.${item.matched}`, { defaultValue: "" })}</span>}
            </span>
            <GradeBadge grade={item.grade} override={item.override} computed={item.computed_grade} />
          </span>
        </li>
      ))}
      {found.length === 0 && (
        <li role="option" aria-selected={false} aria-disabled>
          {error ? errorText(error) : t("search.nothing")}
        </li>
      )}
    </ul>
  );
}
