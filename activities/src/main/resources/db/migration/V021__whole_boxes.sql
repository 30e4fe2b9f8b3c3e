-- The functions of V018 over large images. A long value lies compressed in parts, and every get_byte
-- on it would put all of it together again: 20,000 boxes took 16 s. What || gives is whole, and
-- "offset 0" keeps the planner from writing it into each call.

-- Classes of packed labels (PackedBoxes, version 2): one row a box.
create or replace function label_classes(boxes bytea) returns setof int
language sql immutable strict as $$
  select get_byte(whole, 3 + 36 * n) * 256 + get_byte(whole, 4 + 36 * n)
  from (select boxes || ''::bytea as whole offset 0) once,
    generate_series(0, (length(whole) - 1) / 36 - 1) n
$$;

-- Classes of packed detections (PackedBoxes, version 1) of at least this confidence, in bytes of
-- float32, which are in the order of the numbers for numbers that are not negative.
create or replace function detection_classes(boxes bytea, confidence bytea) returns setof int
language sql immutable strict as $$
  select get_byte(whole, 1 + 22 * n) * 256 + get_byte(whole, 2 + 22 * n)
  from (select boxes || ''::bytea as whole offset 0) once,
    generate_series(0, (length(whole) - 1) / 22 - 1) n
  where substring(whole from 4 + 22 * n for 4) >= confidence
$$;
