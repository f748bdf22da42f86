package dev.picasso.image.segments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.picasso.TestData;
import dev.picasso.image.DecodedImage;
import dev.picasso.image.ImageException;
import dev.picasso.image.decode.ImageDecoder;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MaskPictureTest {
  static Stream<Arguments> pictures() {
    return Stream.of(
        Arguments.of("black and white", List.of(0x000000, 0xFFFFFF, 0xFFFFFF, 0), "0110"),
        Arguments.of("soft edges", List.of(0, 0x404040, 0xA0A0A0, 0xFFFFFF), "0011"),
        Arguments.of("noise of a JPEG", List.of(0, 0x030303, 0xFDFDFD, 0xFEFEFE), "0011"),
        Arguments.of("numbers of classes", List.of(0, 0x010101, 0x030303, 0), "0110"),
        Arguments.of("an open border of 255", List.of(0, 0x030303, 0x030303, 0xFFFFFF), "0110"),
        Arguments.of("colours of Pascal VOC", List.of(0, 0x800000, 0x008000, 0xE0E0C0), "0110"),
        Arguments.of("one grey", List.of(0, 0xC8C8C8, 0, 0), "0100"),
        Arguments.of("nothing", List.of(0, 0, 0, 0), "0000"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pictures")
  void whatIsInIsFound(String name, List<Integer> colours, String in) {
    byte[] rgb = new byte[3 * colours.size()];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) (colours.get(i / 3) >> (8 * (2 - i % 3)));
    }
    Mask mask = MaskPicture.read(DecodedImage.of(name, colours.size(), 1, rgb));
    assertThat(mask).isEqualTo(Mask.of(in.length(), 1, i -> in.charAt(i) == '1'));
  }

  @Test
  void whatIsTransparentIsOut() {
    byte[] samples = {9, 9, 9, 0, 0, 0, 0, -1, -1, -1, -1, 10};
    DecodedImage picture = DecodedImage.ofFour("cut out", 3, 1, samples).transparentOver(255);
    assertThat(MaskPicture.read(picture)).isEqualTo(Mask.of(3, 1, i -> i == 1));
  }

  @Test
  void theBirdOfTheTestDataIsFoundWhole() {
    Mask bird = bird("images/bird_segmentation_mask.bmp");
    assertThat(bird.area()).isEqualTo(51_377 + 680 + 557);
  }

  @Test
  void aPhotographIsNoMask() {
    assertThatThrownBy(() -> bird("images/bird_segmentation.bmp"))
        .isInstanceOf(ImageException.class)
        .hasMessageContaining("this is no mask, it has more than 4096 colours");
  }

  private static Mask bird(String file) {
    return MaskPicture.read(ImageDecoder.standard().decode(TestData.require(file)));
  }
}
