-- A company as the first version wrote it: one row or more in every table it had.

INSERT INTO people_department (id, name, parent_id, path) VALUES
    (1, '销售部', NULL, '/1/'), (2, '华北区', 1, '/1/2/'), (3, '华南区', 1, '/1/3/');
INSERT INTO people_user
    (id, password, username, name, email, role, department_id, is_active, language, theme, demo) VALUES
    (1, 'md5$salt$digest', 'admin', '管理员', 'admin@example.com', 'administrator', NULL, true, 'zh', 'dark', ''),
    (2, 'md5$salt$digest', 'wang', '王经理', '', 'manager', 1, true, '', '', ''),
    (3, 'md5$salt$digest', 'li', '李丽', 'li@example.com', 'salesperson', 2, true, 'en', '', ''),
    (4, 'md5$salt$digest', 'zhao', '', '', 'salesperson', 3, true, '', '', ''),
    (5, 'md5$salt$digest', 'guest', '', '', 'reader', NULL, false, '', '', 'carrier');
INSERT INTO people_apikey (id, name, user_id, prefix, digest, scopes, expires_at, revoked_at) VALUES
    (1, 'ERP', 3, 'jz_abcdefgh', repeat('a', 64), '{customers:read,facts:write}', '2030-01-01Z', NULL),
    (2, 'old', 1, 'jz_zyxwvuts', repeat('b', 64), '{customers:read}', NULL, '2025-05-01Z');
INSERT INTO django_session VALUES ('first-session', 'e30:signed', '2030-01-01Z');

INSERT INTO customers_attributedefinition
    (id, code, label_en, label_zh, type, unit, choices, synonyms, applies_to, position) VALUES
    (500, 'fleet', 'Vehicles', '车辆数', 'number', '辆', '[]', '["cars"]', 'organisation', 500),
    (501, 'rating', 'Rating', '信用等级', 'choice', '', '[{"value": "a", "en": "A", "zh": "甲"}]', '[]', '', 510);
INSERT INTO customers_customer
    (id, source, source_key, name, kind, owner_id, department_id, phone, email, attributes) VALUES
    (11, 'erp', 'K1', '北京恒远贸易有限公司', 'organisation', 3, 2, '010-62345678', 'Info@HengYuan.example',
     '{"industry": "批发", "region": "北京", "registered_capital": "5000000.0001", "listed": true, "fleet": 12}'),
    (22, 'entered', 'u1', 'Siemens Ltd. 西门子', 'organisation', 4, 3, '+86 10 8400 1000', '',
     '{"size": "giant", "rating": "a", "annual_sales": "99000000"}'),
    (33, 'erp', 'K3', '单小明', 'person', NULL, NULL, '13800138000', '',
     '{"age": 41, "education": "master", "monthly_income": "8000.50", "children": 0, "forgotten": "kept"}'),
    (44, 'carrier', 'D4', 'Acme Trading', 'organisation', 2, 1, '', '', '{}');
INSERT INTO customers_standing (customer_id, score, grade, as_of) VALUES
    (11, 91.25, 'vip', '2025-06-30'), (22, 40, 'important', '2025-06-30'), (33, 3.5, 'small', '2025-06-30'),
    (44, NULL, 'prospect', NULL);
INSERT INTO customers_searchkey (customer_id, text, sort, grams) VALUES
    (11, E'\n北京恒远贸易有限公司\nbeijinghengyuanmaoyiyouxiangongsi\nbjhymyyxgs\n01062345678\n', 'beijinghengyuanmaoyiyouxiangongsi', '{-2084101212, -2076003972, -1979805654, -1962569673, -1952080365, -1921943191, -1824820372, -1745097631, -1682011246, -1650259960, -1633310898, -1574604593, -1446415261, -1423351334, -1258965745, -1182297157, -1146221668, -1090732077, -1019719031, -971817700, -893796719, -672236772, -571779393, -558308642, -545775684, -472949813, -429164522, -408790886, -395727845, -395670970, -330611781, -290767100, -289984926, -193225520, -161919412, -73964272, -35076363, -30858295, -17606229, 44431230, 45135852, 218592599, 273780168, 283117727, 284138351, 342026205, 418807874, 435511819, 451017847, 465016779, 519883479, 607390549, 671451249, 691346169, 811344306, 833143665, 1047333824, 1112814866, 1180525137, 1241270420, 1242887647, 1278617743, 1282113169, 1285314224, 1423780658, 1459946801, 1466097322, 1537419559, 1816185363, 1881913679, 1936737882, 2058764160}'),
    (22, E'\nsiemens ltd. 西门子\nsiemensltdximenzi\nsiemensltdxmz\n861084001000\n', 'siemens ltd. ximenzi', '{-2025632986, -1915858212, -1912865675, -1609479646, -1578807466, -1566626319, -1565181219, -1552461590, -1514368511, -1381181224, -1342217560, -1210671467, -1146221668, -1088194770, -1052314678, -926241183, -840705349, -709752245, -708007552, -592021576, -589934364, -484994836, -461744907, -234964238, 53458550, 332311482, 689908065, 753746595, 1003395769, 1057026789, 1065289018, 1159753010, 1344192187, 1828811980, 1945521715, 1983752782, 2062749394, 2099132542}'),
    (33, E'\n单小明\nshanxiaoming\nsxm\n13800138000\n', 'shanxiaoming', '{-2109182875, -2038330597, -1812674782, -1716777070, -1565181219, -1423351334, -1398379675, -1270914529, -1100497030, -868120628, -709752245, -654862055, -568309100, -416148856, -293595846, -278309581, -49028864, 284138351, 561716688, 581392934, 753746595, 1135544723, 1235942224, 1578637815, 1626258444, 1639373621, 1747586700}'),
    (44, E'\nacme trading\n', 'acme trading', '{-1321291604, -1299589376, -665113514, -548129813, -331647414, 61542234, 184898340, 284138351, 504208011, 782902879, 1267162500}');

INSERT INTO products_product (id, source, source_key, name, category, unit_price) VALUES
    (1, 'erp', 'P1', '光缆', '线缆', 12.5000), (2, 'erp', 'P2', 'Router', '', NULL);
INSERT INTO agreements_transaction
    (id, source, source_key, customer_id, occurred_at, kind, amount, cost, note) VALUES
    (1, 'erp', 'T1', 11, '2025-03-01 08:30Z', 'sale', 100000.1234, 60000, '首单'),
    (2, 'erp', 'T2', 11, '2025-05-02Z', 'return', 500, NULL, ''),
    (3, 'erp', 'T3', 22, '1999-12-31Z', 'sale', 0, 0, ''),
    (4, 'entered', 'T4', 33, '2025-06-01Z', 'sale', 99999999999999.9999, NULL, '');
INSERT INTO agreements_transactionline (id, source, source_key, transaction_id, product_id, quantity, amount) VALUES
    (1, 'erp', 'T1-1', 1, 1, 8000, 100000.1234), (2, 'erp', 'T2-1', 2, 1, 40, -500);
INSERT INTO receivables_invoice (id, source, source_key, customer_id, issued_on, due_on, amount) VALUES
    (1, 'erp', 'I1', 11, '2025-03-02', '2025-04-01', 100000.1234);
INSERT INTO receivables_receipt (id, source, source_key, customer_id, invoice_id, received_on, amount) VALUES
    (1, 'erp', 'R1', 11, 1, '2025-03-30', 99500.1234), (2, 'erp', 'R2', 22, NULL, '2025-03-31', 7);
INSERT INTO activities_interaction (id, source, source_key, customer_id, occurred_at, by_id, kind, subject, note) VALUES
    (1, 'entered', 'A1', 11, '2025-04-01 02:00Z', 3, 'visit', '拜访', '谈续约'),
    (2, 'erp', 'A2', 22, '2025-04-02Z', NULL, 'complaint', '', 'late');
INSERT INTO sales_opportunity
    (id, source, source_key, customer_id, expected_on, closed_on, name, status, amount, probability) VALUES
    (1, 'erp', 'O1', 11, '2025-12-01', NULL, '二期', 'open', 250000, 0.6),
    (2, 'erp', 'O2', 22, NULL, '2025-01-05', 'Upgrade', 'lost', 1, 0);

INSERT INTO kernel_job (id, kind, state, progress, total, message, result, error, requested_by_id, cancel_requested) VALUES
    (1, 'import', 'done', 3, 3, '', '{"created": 2}', '', 3, false),
    (2, 'run', 'done', 4, 4, '', '{}', '', 1, false),
    (3, 'export', 'failed', 0, NULL, '', '{}', 'disk full', NULL, true);
INSERT INTO kernel_auditentry (id, actor_id, actor_name, via, action, subject_type, subject_id, changes) VALUES
    (1, 3, '李丽', 'browser', 'create', 'customer', 11, '{"name": [null, "北京恒远贸易有限公司"]}'),
    (2, 3, '李丽', 'api key ERP', 'update', 'customer', 11, '{"phone": ["", "010-62345678"]}'),
    (3, 99, 'gone', 'browser', 'delete', 'customer', 98, '{}'), (4, NULL, 'system', 'install', 'install', 'company', NULL, '{}');
INSERT INTO kernel_idempotencykey (id, actor_id, key, endpoint, body_hash, answer) VALUES
    (1, 3, 'k-1', 'POST /api/v1/customers', repeat('c', 64), '{"id": 11}');
INSERT INTO kernel_touched (id, fact, month) VALUES (1, 'transactions', '2025-03-01'), (2, 'customers', NULL);
INSERT INTO kernel_cache VALUES ('rate:1', 'x', '2030-01-01Z');
INSERT INTO integration_upload (id, filename, path, size, own, created_by_id) VALUES (1, '客户.csv', 'a/客户.csv', 321, true, 3);
INSERT INTO integration_import
    (id, kind, source, filename, upload_id, job_id, plan, dry_run, last_row, total, read, created, updated, unchanged,
     superseded, bad, reasons, columns, seconds, created_by_id) VALUES
    (1, 'customers', 'erp', '客户.csv', 1, 1,
     '{"encoding": "gb18030", "separator": ",", "header": true, "columns": {"name": "名称"}}',
     false, 4, 3, 3, 2, 0, 0, 0, 1, '{"name empty": 1}', '["名称"]', 0.5, 3);
INSERT INTO integration_badrow (id, of_id, number, cells, reasons) VALUES
    (1, 1, 4, '{""}', '[{"field": "name", "code": "empty", "value": ""}]');

INSERT INTO value_valuemodel (id, code, priority) VALUES (1, 'standard', 500);
INSERT INTO value_modelversion (id, model_id, number, toml, note, published_by_id) VALUES
    (1, 1, 1, E'[[indicator]]\ncode = "revenue"\nweight = 1\n', 'first', 1);
UPDATE value_valuemodel SET current_version_id = 1;
INSERT INTO value_run
    (id, model_id, version_id, job_id, requested_by_id, as_of, state, takes_force, in_force, fitted, counts, seconds,
     summary, error, finished_at) VALUES
    (1, 1, 1, 2, 1, '2025-06-30', 'done', true, true, '{}', '{"vip": 1}', '{"total": 1}', '{}', '', '2025-07-01Z'),
    (2, 1, 1, NULL, NULL, '2025-05-31', 'failed', true, false, '{}', '{}', '{}', '{}', 'no room', '2025-06-01Z');
INSERT INTO value_customerscore (customer_id, run_id, score, grade, as_of, revenue, profit, values, texts) VALUES
    (11, 1, 91.25, 'vip', '2025-06-30', 99500.1234, 39500, '{99500.1234,NULL}', '{NULL,"批发"}'),
    (22, 1, 40, 'important', '2025-06-30', 0, NULL, '{0,1}', NULL);
INSERT INTO value_scorehistory (id, customer_id, run_id, at, as_of, score, grade, cause) VALUES
    (1, 11, 1, '2025-07-01Z', '2025-06-30', 91.25, 'vip', 'run'), (2, 33, NULL, '2025-06-02Z', '2025-06-02', 3.5, 'small', 'transaction');

-- Numbers go on after these.
SELECT setval(pg_get_serial_sequence(quote_ident(table_name), 'id'), 1000)
    FROM information_schema.columns WHERE column_name = 'id' AND is_identity = 'YES' AND table_schema = 'public';
