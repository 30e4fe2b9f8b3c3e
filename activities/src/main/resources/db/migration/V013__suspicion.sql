-- Labels that a model contradicts, and what people are asked again because of it.

alter table selection add column if not exists recheck int not null default 0;

alter table review_image drop constraint if exists review_image_purpose_check;
alter table review_image add constraint review_image_purpose_check
  check (purpose in ('ACTIVE', 'AUDIT', 'VERIFY', 'RECHECK', 'HOLDOUT'));

-- Written with the round's label_result, or not at all.
create table if not exists suspicion (
  campaign text not null references campaign,
  round int not null,
  -- In the order of review from 0, the most suspicious first.
  place int not null,
  image_id bytea not null,
  -- Version of the annotation that is suspected; null for a pseudo-label of the round before.
  version int,
  kind text not null check (kind in ('OVERLOOKED', 'BADLY_LOCATED', 'SWAPPED')),
  score real not null,
  -- One box: what is labelled; null where an object seems to be overlooked.
  label bytea,
  -- One box: what the model would say.
  instead bytea not null,
  primary key (campaign, round, place)
);

create index if not exists suspicion_image on suspicion (campaign, image_id);

create index if not exists review_image_recheck on review_image (campaign, image_id) where purpose = 'RECHECK';
