package dev.picasso.format.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.picasso.graph.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Files that TensorFlow wrote, and the numbers that it reads from them. */
public final class Fixtures {
  private Fixtures() {}

  /** The folder or file of that name among the fixtures. */
  public static Path path(String name) {
    try {
      return Path.of(Fixtures.class.getResource("/dev/picasso/format/tensorflow/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A copy of a fixture's folder that a test may damage. */
  public static Path copy(String name, Path into) {
    Path from = path(name);
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Path to = into.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(to);
        } else {
          Files.copy(file, to);
        }
      }
      return into;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static JsonNode json(String name) {
    try {
      return new ObjectMapper().readTree(Files.readAllBytes(path(name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asserts type, shape and each number, exactly. */
  public static void assertSame(String key, Tensor tensor, JsonNode expected) {
    String type =
        switch (tensor.type()) {
          case FLOAT -> "float32";
          case DOUBLE -> "float64";
          default -> tensor.type().name().toLowerCase(Locale.ROOT);
        };
    assertThat(type).as(key).isEqualTo(expected.path("type").asText());
    assertThat(tensor.shape().dims()).as(key).containsExactly(longs(expected.path("shape")));
    double[] wanted =
        StreamSupport.stream(expected.path("values").spliterator(), false)
            .mapToDouble(JsonNode::asDouble)
            .toArray();
    assertThat(numbers(tensor)).as(key).containsExactly(wanted);
  }

  /** A list of whole numbers. */
  public static long[] longs(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).mapToLong(JsonNode::asLong).toArray();
  }

  /** The elements as doubles, without loss for all types but 64-bit integers. */
  public static double[] numbers(Tensor tensor) {
    double[] numbers = new double[Math.toIntExact(tensor.size())];
    tensor.as(dev.picasso.graph.DataType.DOUBLE).bytes().asDoubleBuffer().get(numbers);
    return numbers;
  }
}
