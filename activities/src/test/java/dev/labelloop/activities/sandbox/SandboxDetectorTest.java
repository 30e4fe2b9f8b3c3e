package dev.labelloop.activities.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.labelloop.activities.Shared;
import dev.labelloop.activities.detector.Inference;
import dev.labelloop.activities.detector.ModelFiles;
import dev.labelloop.activities.image.ImageDecoder;
import dev.labelloop.activities.storage.ImageStore;
import dev.labelloop.core.ImageId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxDetectorTest {
  private static final int PHOTOS = 6;

  @TempDir private Path folder;

  @Test
  void aPhotoIsPredictedThereAsHereBitForBit() throws IOException {
    Path images = Shared.path("datasets/vehicles-openimages/images");
    ModelFiles model =
        ModelFiles.at(Shared.path("models/yolox-nano-coco/yolox_nano_416_coco.safetensors"));
    int detections = 0;
    try (Sandbox there = new Sandbox(new Launch(folder, 1));
        InProcess here = new InProcess(new ImageDecoder())) {
      for (String path : photos(images)) {
        ImageId id = ImageStore.idOf(Files.readAllBytes(images.resolve(path)));
        Inference expected = here.predict(model, images, id, path, () -> {});
        Inference found = there.predict(model, images, id, path, () -> {});
        assertThat(found.detections()).as(path).isEqualTo(expected.detections());
        assertThat(found.embedding()).as(path).isEqualTo(expected.embedding());
        detections += found.detections().size();
      }
    }
    assertThat(detections).isGreaterThan(PHOTOS);
  }

  private static List<String> photos(Path images) throws IOException {
    try (Stream<Path> files = Files.list(images)) {
      return files.map(f -> f.getFileName().toString()).sorted().limit(PHOTOS).toList();
    }
  }
}
