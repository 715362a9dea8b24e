import { SearchOutlined } from "@ant-design/icons";
import { AutoComplete, Input, type InputRef } from "antd";
import { useCallback, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { GradeBadge } from "@/shared/ui/Grade";
import { useErrorText } from "@/shared/ui/states";
import styles from "./Frame.module.css";
import { useSearch } from "./useSearch";
import { useShortcut } from "./useShortcut";

/** Finds customers by name, pinyin or phone; "/" goes here. */
export function SearchBox({ phone }: { phone: boolean }) {
  const { t } = useTranslation("app");
  const navigate = useNavigate();
  const errorText = useErrorText();
  const input = useRef<InputRef>(null);
  const [text, setText] = useState("");
  const { found, searching, asked, error } = useSearch(text);
  useShortcut("/", useCallback(() => input.current?.focus(), []));

  const options = found.map((item) => ({
    value: String(item.id),
    label: (
      <span className={styles.result}>
        <span>
          {item.name} {item.matched !== item.name && <span className={styles.matched}>{item.matched}</span>}
        </span>
        <GradeBadge grade={item.grade} />
      </span>
    ),
  }));
  const nothing = error ? errorText(error) : asked && !searching ? t("search.nothing") : null;
  const all = () => {
    if (text.trim()) void navigate(`/customers?q=${encodeURIComponent(text.trim())}`);
  };
  return (
    <AutoComplete
      className={styles.search}
      value={text}
      options={options}
      notFoundContent={nothing}
      popupMatchSelectWidth={phone ? true : 420}
      showSearch={{ onSearch: setText }}
      onSelect={(id: string) => {
        setText("");
        input.current?.blur();
        void navigate(`/customers/${id}`);
      }}
    >
      <Input
        ref={input}
        variant="filled"
        prefix={<SearchOutlined />}
        suffix={<kbd className={styles.hint}>/</kbd>}
        placeholder={t(phone ? "search.short" : "search.placeholder")}
        aria-label={t("search.placeholder")}
        onPressEnter={() => found.length === 0 && all()}
      />
    </AutoComplete>
  );
}
