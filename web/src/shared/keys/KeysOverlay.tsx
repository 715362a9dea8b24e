import { Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { keyName, useAllKeys, useKeys } from "./keys";
import styles from "./keys.module.css";

/** "?" shows every key that does something on this page. */
export function KeysOverlay() {
  const { t } = useTranslation("shared");
  const [open, setOpen] = useState(false);
  useKeys([{ keys: ["?"], label: t("keys.show"), group: t("keys.everywhere"), run: () => setOpen(true) }]);
  return (
    <Modal open={open} onCancel={() => setOpen(false)} footer={null} title={t("keys.title")} width={620} destroyOnHidden>
      <KeyList />
    </Modal>
  );
}

function KeyList() {
  const groups = useAllKeys();
  return (
    <div className={styles.groups}>
      {[...groups].map(([group, keys]) => (
        <section key={group}>
          <h3 className={styles.heading}>{group}</h3>
          <dl className={styles.keys}>
            {keys.map((key) => (
              <div key={key.keys.join()} className={styles.key}>
                <dt>
                  {key.keys.map((name) => (
                    <kbd key={name} className={styles.cap}>
                      {keyName(name)}
                    </kbd>
                  ))}
                </dt>
                <dd>{key.label}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}
