-- A campaign under review as the version before seats left it: V001 to V015, rows as it wrote them.
-- Batch 0 is open: image a is answered twice, b skipped, c not answered. Batch 1 is closed: d is
-- answered, e was not. The holdout is h. Boxes are those of PackedBoxes: {0,0,10,10} car, {30,…} bus.

insert into account (name, display, role) values ('ann', 'Ann', 'REVIEWER'), ('olga', 'Olga', 'ADMIN');
insert into audit_entry (actor, action, subject, detail) values ('olga', 'account.add', 'ann', '{}');

insert into campaign (name, spec, spec_hash) values ('old', '{
  "classes": ["car", "bus"], "cost": {"perHour": 36.0}, "holdout": {"file": null, "fraction": 0.2},
  "images": "/images", "model": {"family": "yolox", "input": 64, "size": "nano", "weights": null},
  "name": "old", "prediction": {"shardSize": null},
  "promotion": {"cluster": null, "confidence": 0.95, "floors": {}, "forgetting": 0.05, "margin": 0.0},
  "pseudoLabels": {"mode": "fixed", "precision": 0.95, "threshold": 0.9, "verify": 0.1},
  "review": {"batchSize": 3, "deadline": "PT72H", "onDeadline": "close", "overlap": 1,
    "reminders": {"every": "PT24H", "urlFrom": null},
    "simulated": {"jitterIou": 0.0, "missed": 0.0, "time": "base", "wrongClass": 0.0},
    "tokenFrom": null, "tool": "page", "truth": null, "url": null},
  "rounds": {"max": 5, "targetMap": null},
  "selection": {"audit": 0.15, "budget": 0.1, "recheck": 0.05, "strategy": "random"},
  "training": {"batch": 2, "epochs": 1, "rate": 0.001, "seed": 7}}', 'not looked at');
insert into class (campaign, class_index, name) values ('old', 0, 'car'), ('old', 1, 'bus');

create temporary table known (name text, ordinal int, batch int, position int);
insert into known values
  ('a', 0, 0, 0), ('b', 1, 0, 1), ('c', 2, 0, 2), ('d', 3, 1, 0), ('e', 4, 1, 1), ('h', null, null, null);
insert into image (campaign, image_id, path, width, height, holdout, ordinal)
  select 'old', sha256(name::bytea), name, 100, 50, ordinal is null, ordinal from known;
insert into dataset values ('old', 5, 1, 1, 0, 0, 32);

create table if not exists prediction_r1 partition of prediction for values in (1);
insert into prediction_shard values ('old', 1, 0, repeat('ab', 32), 5, 0, 0);
insert into prediction (campaign, round, image_id, uncertainty, box_count, boxes, embedding)
  select 'old', 1, sha256(name::bytea), 1, 0, '\x01', '' from known where ordinal is not null;

insert into selection (campaign, round, strategy, images, batches, active, audit, verify)
  values ('old', 1, 'random', 5, 2, 5, 0, 0);
insert into review_batch values ('old', 1, 0, 'OPEN'), ('old', 1, 1, 'CLOSED');
insert into review_image (campaign, round, batch, position, image_id, purpose, reason)
  select 'old', 1, batch, position, sha256(name::bytea), 'ACTIVE', 'random' from known
  where ordinal is not null;

create temporary table said (name text, version int, outcome text, boxes bytea, count int, reviewer text);
insert into said values
  ('a', 1, 'CORRECTED',
    '\x02000000000000000000000000000000000000000040240000000000004024000000000000', 1, 'ann'),
  ('a', 2, 'CORRECTED',
    '\x0200000001403e000000000000000000000000000040240000000000004024000000000000', 1, 'ann'),
  ('b', 1, 'SKIPPED', '\x02', 0, 'ann'),
  ('d', 1, 'ACCEPTED',
    '\x02000000000000000000000000000000000000000040240000000000004024000000000000', 1, 'ben');
insert into review_answer (campaign, round, image_id, version, submission_id, outcome, boxes,
    reviewer, reason, seconds, kept, touched)
  select 'old', 1, sha256(name::bytea), version, md5(name || version)::uuid, outcome, boxes,
    reviewer, null, 4, 0, count from said;
insert into annotation (campaign, image_id, version, round, maker, boxes, box_count)
  select 'old', sha256(name::bytea), version, 1, reviewer, boxes, count from said
  where outcome <> 'SKIPPED';
