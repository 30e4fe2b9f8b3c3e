-- What a comparison found and what followed; the first of a round stands.
create table if not exists gate_verdict (
  campaign text not null references campaign,
  round int not null,
  champion text not null,
  challenger text not null,
  verdict jsonb not null,
  stored_at timestamptz not null default now(),
  primary key (campaign, round)
);

-- Every change of champion, append-only; the newest is in use.
create table if not exists champion_change (
  campaign text not null references campaign,
  number int not null,
  round int not null,
  model text not null,
  -- Whether it knows any of the campaign's classes.
  predicts boolean not null,
  how text not null check (how in ('INITIAL', 'PROMOTED', 'ROLLED_BACK')),
  -- The change that one step back leads to; null where there is none.
  before int,
  -- A request that is carried out again changes nothing.
  request text not null,
  stored_at timestamptz not null default now(),
  primary key (campaign, number),
  unique (campaign, request)
);

insert into champion_change
  (campaign, number, round, model, predicts, how, before, request, stored_at)
select campaign, number, round, champion, round > 0 or known_classes > 0,
  case round when 0 then 'INITIAL' else 'PROMOTED' end, nullif(number, 0) - 1, 'r' || round,
  stored_at
from (select r.*, i.known_classes,
    (row_number() over (partition by campaign order by round) - 1)::int as number
  from round_record r join initial_model i using (campaign)
  where round = 0 or promoted) changes
on conflict do nothing;
