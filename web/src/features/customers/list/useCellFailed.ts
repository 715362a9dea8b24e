import { App } from "antd";
import { ApiError } from "@/shared/api/request";
import { useDetailText, useErrorText } from "@/shared/ui/states";

/** Says why a cell was not saved; whoever was asked which value to keep, and left it, knows. */
export function useCellFailed(): (error: unknown) => void {
  const { message } = App.useApp();
  const errorText = useErrorText();
  const detailText = useDetailText();
  return (error) => {
    if (error instanceof ApiError && error.code === "changed_meanwhile") return;
    const detail = error instanceof ApiError ? error.details[0] : undefined;
    void message.error(detail ? `${errorText(error)} ${detailText(detail)}` : errorText(error));
  };
}
