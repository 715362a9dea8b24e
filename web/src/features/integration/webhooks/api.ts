/** Calls of /webhooks. */
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { components } from "@/client/schema";
import { get, patch, post, remove } from "@/shared/api/request";

type Schemas = components["schemas"];
export type Webhook = Schemas["WebhookOut"];
export type Announced = Schemas["AnnouncedOut"];
export type Delivery = Schemas["DeliveryOut"];
type WebhookChange = Schemas["WebhookChangeIn"];

const WEBHOOKS = ["integration", "webhooks"] as const;

export const useWebhooks = () => useQuery({ queryKey: WEBHOOKS, queryFn: () => get<Schemas["WebhooksOut"]>("/webhooks"), refetchInterval: 10_000 });

export const useDeliveries = (id: number) =>
  useInfiniteQuery({
    queryKey: [...WEBHOOKS, id, "deliveries"],
    queryFn: ({ pageParam }) => get<Schemas["DeliveryPage"]>(`/webhooks/${id}/deliveries`, { limit: 50, cursor: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    refetchInterval: 5_000,
  });

export const useDelivery = (webhookId: number, id: number) =>
  useQuery({ queryKey: [...WEBHOOKS, webhookId, "delivery", id], queryFn: () => get<Schemas["DeliveryFullOut"]>(`/webhooks/${webhookId}/deliveries/${id}`) });

export function useRefreshWebhooks(): () => void {
  const client = useQueryClient();
  return () => void client.invalidateQueries({ queryKey: WEBHOOKS });
}

function useChange<Given, Answer>(change: (given: Given) => Promise<Answer>) {
  const refresh = useRefreshWebhooks();
  return useMutation({ mutationFn: change, onSuccess: refresh });
}

export const createWebhook = (made: Schemas["WebhookIn"]) => post<Schemas["WebhookMadeOut"]>("/webhooks", made);
export const updateWebhook = (id: number, change: WebhookChange) => patch<Webhook>(`/webhooks/${id}`, change);
export const useActivateWebhook = () => useChange(({ id, active }: { id: number; active: boolean }) => updateWebhook(id, { active }));
export const useDeleteWebhook = () => useChange((id: number) => remove<void>(`/webhooks/${id}`));
export const useRenewSecret = () => useChange((id: number) => post<Schemas["SecretOut"]>(`/webhooks/${id}/secret`));
export const useSendTest = () => useChange((id: number) => post<Delivery>(`/webhooks/${id}/test`));
export const useReplay = (id: number) => useChange((deliveryId: number | null) => post<Schemas["ReplayedOut"]>(`/webhooks/${id}/replay`, { delivery_id: deliveryId }));
