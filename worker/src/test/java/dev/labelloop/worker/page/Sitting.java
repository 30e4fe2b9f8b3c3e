package dev.labelloop.worker.page;

import com.fasterxml.jackson.databind.JsonNode;
import dev.labelloop.activities.account.Role;
import dev.labelloop.core.ImageId;
import java.io.IOException;
import java.util.List;

/** A reviewer at a campaign of their own, both of one name, with its first image before them. */
final class Sitting implements AutoCloseable {
  final Visit visit;
  final ReviewPage review;
  private final Studio studio;
  private final String name;
  private final List<ImageId> images;

  private Sitting(Studio studio, Publication publication) throws IOException {
    this.studio = studio;
    name = publication.name;
    images = studio.publish(publication);
    visit = studio.visit(name, Role.REVIEWER);
    review = visit.review(name);
  }

  static Sitting at(Studio studio, Publication publication) throws IOException {
    return new Sitting(studio, publication);
  }

  /** At two pictures of a {@link #street}. */
  static Sitting atStreets(Studio studio, String name) throws IOException {
    return at(
        studio,
        Publication.of(name).picture(street(name + "-a.png")).picture(street(name + "-b.png")));
  }

  /** The least certain is the tram, then the bus, then the car. */
  static Picture street(String file) {
    return Picture.of(file, 640, 480)
        .with(0, 0.9, 40, 60, 200, 120)
        .with(1, 0.6, 300, 80, 160, 140)
        .with(2, 0.4, 120, 300, 240, 100);
  }

  /** The stored answer to the image of this place in the batch, once it is there. */
  JsonNode answer(int place) {
    return studio.answer(name, images.get(place));
  }

  @Override
  public void close() {
    visit.close();
  }
}
