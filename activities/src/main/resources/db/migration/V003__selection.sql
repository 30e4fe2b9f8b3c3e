-- What people are asked. The selection row is the ledger of its batches and images.

create table if not exists selection (
  campaign text not null references campaign,
  round int not null,
  strategy text not null,
  images int not null,
  batches int not null,
  active int not null,
  audit int not null,
  verify int not null,
  primary key (campaign, round)
);

create table if not exists review_batch (
  campaign text not null,
  round int not null,
  batch int not null,
  state text not null check (state in ('OPEN', 'CLOSED')),
  primary key (campaign, round, batch)
);

create table if not exists review_image (
  campaign text not null,
  round int not null,
  batch int not null,
  position int not null,
  image_id bytea not null,
  purpose text not null check (purpose in ('ACTIVE', 'AUDIT', 'VERIFY', 'HOLDOUT')),
  reason text not null,
  primary key (campaign, round, image_id),
  unique (campaign, round, batch, position)
);
