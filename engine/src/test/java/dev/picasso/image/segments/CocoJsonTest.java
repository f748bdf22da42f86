package dev.picasso.image.segments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CocoJsonTest {
  /**
   * The example of COCO's mask interface: M = [0 0 1 1 1 0 1] is [2 3 1 1], M = [1 1 …] has a 0.
   */
  @Test
  void runsBeginWithWhatIsOut() {
    assertThat(RunLengths.of(column("0011101"))).containsExactly(2, 3, 1, 1);
    assertThat(RunLengths.of(column("1111110"))).containsExactly(0, 6, 1);
    assertThat(RunLengths.of(column("0000000"))).containsExactly(7);
    assertThat(RunLengths.of(column("1"))).containsExactly(0, 1);
  }

  private static Mask column(String bits) {
    return Mask.of(1, bits.length(), i -> bits.charAt(i) == '1');
  }

  /** Decoded as pycocotools does: counts fill the columns one behind the other. */
  @Property(tries = 200)
  void decodedRunsAreTheMask(
      @ForAll @IntRange(min = 1, max = 9) int width,
      @ForAll @IntRange(min = 1, max = 9) int height,
      @ForAll @DoubleRange(min = 0, max = 1) double share,
      @ForAll long seed) {
    Random random = new Random(seed);
    Mask mask = Mask.of(width, height, i -> random.nextDouble() < share);
    boolean[] columns = new boolean[width * height];
    boolean in = false;
    int at = 0;
    for (int count : RunLengths.of(mask)) {
      for (int end = at + count; at < end; at++) {
        columns[at] = in;
      }
      in = !in;
    }
    assertThat(at).isEqualTo(width * height);
    assertThat(Mask.of(width, height, i -> columns[i % width * height + i / width]))
        .isEqualTo(mask);
    assertThat(RunLengths.of(mask).stream().skip(1)).doesNotContain(0);
  }

  @Test
  void aFileTellsOfImagesPartsAndClasses() throws IOException {
    Mask square = Mask.of(6, 4, i -> i % 6 >= 2 && i % 6 < 5 && i / 6 >= 1 && i / 6 < 3);
    Mask corner = Mask.of(6, 4, i -> i == 23);
    CocoJson coco =
        new CocoJson(
            List.of(
                new CocoJson.Annotated(
                    "a/Vögel.png",
                    6,
                    4,
                    List.of(
                        new CocoJson.Part(17, "kite", .75, square),
                        new CocoJson.Part(3, "cock", .25, corner))),
                new CocoJson.Annotated("empty.png", 5, 5, List.of())));
    JsonNode json = new ObjectMapper().readTree(coco.bytes());
    assertThat(json.get("images").toString())
        .isEqualTo(
            """
            [{"id":1,"file_name":"a/Vögel.png","width":6,"height":4},\
            {"id":2,"file_name":"empty.png","width":5,"height":5}]\
            """);
    assertThat(json.get("annotations").get(0).toString())
        .isEqualTo(
            """
            {"id":1,"image_id":1,"category_id":17,"bbox":[2,1,3,2],"area":6,"iscrowd":0,\
            "score":0.75,"segmentation":{"counts":[9,2,2,2,2,2,5],"size":[4,6]}}\
            """);
    assertThat(json.get("annotations").get(1).get("id").asInt()).isEqualTo(2);
    assertThat(json.get("categories").toString())
        .isEqualTo("[{\"id\":3,\"name\":\"cock\"},{\"id\":17,\"name\":\"kite\"}]");
  }

  @Test
  void aMaskOfAnotherSizeIsRefused() {
    Mask mask = Mask.of(2, 2, i -> true);
    List<CocoJson.Part> parts = List.of(new CocoJson.Part(0, "x", 1, mask));
    assertThatThrownBy(() -> new CocoJson.Annotated("a.png", 3, 2, parts))
        .hasMessageContaining("a.png has 3 × 2 pixels, a mask of it 2 × 2");
  }
}
