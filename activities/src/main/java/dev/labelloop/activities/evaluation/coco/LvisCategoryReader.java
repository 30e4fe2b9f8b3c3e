package dev.labelloop.activities.evaluation.coco;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads the categories of an LVIS truth, which say how frequent they are. */
final class LvisCategoryReader extends IdReader {
  private final List<Frequency> frequencies = new ArrayList<>();
  private Frequency frequency = Frequency.RARE;

  LvisCategoryReader(CocoJson json) {
    super(json);
  }

  @Override
  List<String> required() {
    return List.of("id", "frequency");
  }

  @Override
  public void field(String field) throws IOException {
    if (field.equals("frequency")) {
      frequency =
          switch (json.text(field)) {
            case "r" -> Frequency.RARE;
            case "c" -> Frequency.COMMON;
            case "f" -> Frequency.FREQUENT;
            default -> throw json.refused(field, "write r, c or f");
          };
    } else {
      super.field(field);
    }
  }

  @Override
  public void end() {
    super.end();
    frequencies.add(frequency);
  }

  List<Frequency> frequencies() {
    return byAscendingId(frequencies);
  }
}
