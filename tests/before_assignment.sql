-- The pool and hand-overs as customers kept them, before they became a capability of their own.

INSERT INTO customers_poolrule
    (id, grade, department_id, quiet_days, dealless_days, protected_days, warn_days) VALUES
    (5, 'small', NULL, 180, NULL, 30, 7), (6, 'small', 2, 90, 365, 0, 14);
INSERT INTO customers_poollimits (id, claims_per_day, capacity, former_days, open_to) VALUES
    (1, 3, NULL, 60, 'department');
INSERT INTO customers_poolwarning
    (customer_id, owner_id, cause, due_on, warned_on, last_contact, last_deal, asked_until, asked_by_id, asked_why,
     postponed_until, approved_by_id) VALUES
    (11, 3, 'no_contact', '2026-07-07', '2026-06-30', '2025-04-01 02:00Z', NULL, NULL, 3, '招标中', '2026-12-31', 2),
    (22, 4, 'no_deal', '2026-07-09', '2026-06-30', NULL, '1999-12-31Z', NULL, NULL, '', NULL, NULL);
INSERT INTO kernel_job
    (id, kind, state, progress, total, message, result, error, cancel_requested, requested_by_id) VALUES
    (41, 'hand_over', 'done', 1, 1, 'hand_over', '{"changed": 1}', '', false, 1),
    (42, 'hand_over', 'waiting', 0, 1, 'hand_over', '{}', '', false, 1);
INSERT INTO kernel_changeset (id, kind, words, by_id, by_name, at, state, rows, job_id, taken_back) VALUES
    (51, 'hand_over', '{"to": "王经理", "why": "离职", "count": 1}', 1, '管理员', now(), 'done', 1, 41, '{}');
INSERT INTO kernel_changedrow (id, change_set_id, "table", row_id, version, before, after) VALUES
    (61, 51, 'customers_customer', 44, 1, '{"owner_id": 5}', '{"owner_id": 2}');
INSERT INTO customers_handover
    (id, by_id, job_id, change_set_id, reason, wanted, planned, total, last, moved, "left", told) VALUES
    (71, 1, 41, 51, '离职', '{"to": [2], "user_id": 5}', true, 1, 44, 1, '{}', '{}'),
    (72, 1, 42, NULL, '休假', '{"to": [3], "user_id": 4}', true, 1, 0, 0, '{"own": 2}', '{"4": {"3": [1, 0]}}');
INSERT INTO customers_handoverpart (id, hand_over_id, customer_number, from_number, to_number) VALUES
    (81, 72, 22, 4, 3);
INSERT INTO customers_merge
    (id, what, survivor_id, member_ids, names, before, after, counts, by_name, undone, undone_by_name) VALUES
    (91, 'customer', 11, '{44}', '{}', '{}', '{}', '{}', '管理员', '{}', '');
INSERT INTO customers_mergepart (merge_id, position, what, "table", "column", ids, rows) VALUES
    (91, 1, 'aside', 'customers_poolwarning', 'customer_id', '{}',
     '[{"customer_id": 44, "owner_id": 2, "cause": "no_deal", "due_on": "2026-07-09", "warned_on": "2026-06-30"}]');
