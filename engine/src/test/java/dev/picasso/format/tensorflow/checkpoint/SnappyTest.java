package dev.picasso.format.tensorflow.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Blocks put together by hand after the description of the format. */
class SnappyTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "nothing,                         00,                         ''",
    "a literal,                       03 08 616263,               abc",
    "a copy with one byte of offset,  08 0c 61626364 01 04,       abcdabcd",
    "a copy with two bytes,           08 0c 61626364 0e 0400,     abcdabcd",
    "a copy with four bytes,          08 0c 61626364 0f 04000000, abcdabcd",
    "a copy of what it writes,        07 00 61 16 0100,           aaaaaaa",
    "a length of its own byte,        03 f0 02 616263,            abc",
    "a length of its own four bytes,  03 fc 02000000 616263,      abc",
    "a copy between literals,         07 08 616263 0a 0300 00 64, abcabcd",
  })
  void wholeBlocksAreDecompressed(String what, String hex, String text) {
    assertThat(decompressed(hex)).contains(text);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "no length,                   ''",
    "a length that does not end,  ffffffffffff",
    "more than it says,           02 08 616263",
    "less than it says,           04 08 616263",
    "a literal cut off,           03 08 6162",
    "a copy from before,          07 08 616263 0e 0400",
    "a copy from nowhere,         07 08 616263 0e 0000",
    "a copy cut off,              07 08 616263 0e 03",
    "a copy that is too long,     05 08 616263 0e 0300",
    "an absurd length,            ffffffff07 08 616263",
    "a literal of 4 GB,           03 fc ffffffff 616263",
    "a copy from 4 GB before,     07 08 616263 0f ffffffff",
  })
  void damagedBlocksAreNot(String what, String hex) {
    assertThat(decompressed(hex)).isEmpty();
  }

  @Test
  void anyBytesEndInAnAnswer() {
    Random random = new Random(7);
    for (int i = 0; i < 100_000; i++) {
      byte[] bytes = new byte[1 + random.nextInt(24)];
      random.nextBytes(bytes);
      bytes[0] &= 0x3F;
      int length = bytes[0];
      Snappy.decompress(ByteBuffer.wrap(bytes)).ifPresent(out -> assertThat(out).hasSize(length));
    }
  }

  private static Optional<String> decompressed(String hex) {
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    return Snappy.decompress(ByteBuffer.wrap(bytes))
        .map(b -> new String(b, StandardCharsets.UTF_8));
  }
}
