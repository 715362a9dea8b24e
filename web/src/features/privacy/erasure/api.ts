/** Calls of erasing people. */
import { post } from "@/shared/api/request";

export const eraseCustomer = (id: number, reason: string) => post<void>(`/customers/${id}/erase`, { reason });
export const eraseContact = (id: number, reason: string) => post<void>(`/contacts/${id}/erase`, { reason });
