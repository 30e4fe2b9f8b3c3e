-- Campaigns and what they work on.

create table if not exists campaign (
  name text primary key,
  spec jsonb not null,
  spec_hash text not null,
  created_at timestamptz not null default now()
);

-- Append-only: a class keeps its place for ever.
create table if not exists class (
  campaign text not null references campaign,
  class_index int not null check (class_index >= 0),
  name text not null,
  primary key (campaign, class_index)
);

create table if not exists image (
  campaign text not null references campaign,
  image_id bytea not null check (length(image_id) = 32),
  path text not null,
  width int not null check (width > 0),
  height int not null check (height > 0),
  holdout boolean not null,
  -- Place in the pool, sorted by image id; shards are runs of it. Null in the holdout.
  ordinal int,
  primary key (campaign, image_id),
  unique (campaign, ordinal),
  check (holdout = (ordinal is null))
);

-- Files with the bytes of a registered image; label files may name any of them.
create table if not exists duplicate_file (
  campaign text not null,
  file text not null,
  image_id bytea not null,
  primary key (campaign, file),
  foreign key (campaign, image_id) references image
);

create table if not exists quarantine (
  campaign text not null references campaign,
  file text not null,
  reason text not null,
  primary key (campaign, file)
);

-- The summary is stored last, in the same transaction: it says that the rest is whole.
create table if not exists dataset (
  campaign text primary key references campaign,
  pool_images int not null,
  holdout_images int not null,
  holdout_to_label int not null,
  quarantined int not null,
  duplicates int not null,
  shard_size int not null check (shard_size > 0)
);
