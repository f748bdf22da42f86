package dev.picasso.format.tflite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.picasso.PicassoException;
import dev.picasso.format.ImportOptions;
import dev.picasso.format.ModelException;
import dev.picasso.graph.pass.Evaluator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files with wrong bytes in them are read, or refused in words; nothing else happens. */
class DamagedFilesTest {
  private static final Path FILES = Path.of("src/test/resources/dev/picasso/format/tflite");
  private static final int TIMES = 1500;

  /** Graphs are not run here; the file is what is looked at. */
  private static final Evaluator NEVER =
      (graph, inputs) -> {
        throw new PicassoException("not run");
      };

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "net_int8_inout.tflite",
        "net_float16.tflite",
        "conv_space_to_batch.tflite",
        "two_inputs.tflite"
      })
  void changedBytesGiveAModelOrAnErrorInWords(String name) throws IOException {
    byte[] sound = Files.readAllBytes(FILES.resolve(name));
    Random random = new Random(7);
    Path file = folder.resolve(name);
    int refused = 0;
    for (int i = 0; i < TIMES; i++) {
      byte[] damaged = sound.clone();
      for (int k = random.nextInt(4); k >= 0; k--) {
        change(damaged, random);
      }
      refused += isRefused(file, damaged) ? 1 : 0;
    }
    assertThat(refused).isPositive();
  }

  @Test
  void aFileThatEndsAnywhereIsRefused() throws IOException {
    byte[] sound = Files.readAllBytes(FILES.resolve("two_inputs.tflite"));
    Path file = folder.resolve("short.tflite");
    for (int length = 0; length < sound.length; length += 7) {
      isRefused(file, java.util.Arrays.copyOf(sound, length));
    }
    assertThat(isRefused(file, java.util.Arrays.copyOf(sound, sound.length / 2))).isTrue();
  }

  /** Any byte, or a number of four bytes, as offsets and lengths are. */
  private static void change(byte[] bytes, Random random) {
    int at = random.nextInt(bytes.length - 4);
    switch (random.nextInt(4)) {
      case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes[at] = (byte) random.nextInt();
      case 2 ->
          ByteBuffer.wrap(bytes)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putInt(at / 4 * 4, random.nextInt(bytes.length));
      default ->
          ByteBuffer.wrap(bytes)
              .order(ByteOrder.LITTLE_ENDIAN)
              .putInt(at / 4 * 4, random.nextBoolean() ? -1 : Integer.MAX_VALUE);
    }
  }

  private static boolean isRefused(Path file, byte[] content) throws IOException {
    Files.write(file, content);
    try {
      new TfliteFormat(NEVER).read(file, ImportOptions.none());
      return false;
    } catch (ModelException e) {
      assertThat(e).hasMessageContaining(String.valueOf(file.getFileName()));
      return true;
    }
  }
}
