-- Which images wait for people, so that neither the next one nor their number takes a look at all.

-- Whether somebody is still to answer: the batch is open, no answer stands, and fewer people have
-- answered than are to. Changed under the lock of the row, with what changes it.
alter table review_image add column if not exists waits boolean not null default true;

update review_image i set waits = false
from review_batch b join campaign c on c.name = b.campaign
where i.waits and b.campaign = i.campaign and b.round = i.round and b.batch = i.batch
  and (b.state <> 'OPEN'
    or exists (select from review_answer a where a.campaign = i.campaign and a.round = i.round
      and a.image_id = i.image_id and a.settles)
    or (select count(*) from review_seat s where s.campaign = i.campaign and s.round = i.round
      and s.image_id = i.image_id and s.answered)
      >= coalesce((c.spec->'review'->>'overlap')::int, 1));

create index if not exists review_image_waits
  on review_image (campaign, round, batch, position) where waits;
