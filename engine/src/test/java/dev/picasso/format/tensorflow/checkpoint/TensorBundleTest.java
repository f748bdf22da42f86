package dev.picasso.format.tensorflow.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.TextFormat;
import dev.picasso.format.ModelException;
import dev.picasso.format.ModelFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.proto.BundleEntryProto;
import org.tensorflow.proto.BundleHeaderProto;
import org.tensorflow.proto.TensorSliceProto;

/** Indexes whose checksums are right and whose entries are not. */
class TensorBundleTest {
  private static final String WHOLE = "dtype: DT_UINT8 shape { dim { size: 4 } } size: 4";
  private static final byte[] SHARD = {1, 2, 3, 4, 5, 6, 7, 8};

  @TempDir Path folder;

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "num_shards: 1 endianness: BIG | big-endian",
        "num_shards: 0                 | it counts 0 shards",
        "num_shards: -3                | it counts -3 shards",
        "num_shards: 2000000000        | it counts 2000000000 shards",
        "num_shards: 2                 | w.data-00000-of-00002",
      })
  void aHeaderThatCannotBeIsRefused(String header, String why) throws IOException {
    write(header, WHOLE);
    assertRefused(why);
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      value = {
        "dtype: DT_UINT8 size: 4 shape { dim { size: 4 } } shard_id: 1  | lies in shard 1 of 1",
        "dtype: DT_UINT8 size: 4 shape { dim { size: 4 } } shard_id: -1 | lies in shard -1 of 1",
        "dtype: DT_UINT8 size: 4 shape { dim { size: 4 } } offset: 5    | lies behind the end of w.data-00000-of-00001",
        "dtype: DT_UINT8 size: 4 shape { dim { size: 4 } } offset: -1   | lies behind the end",
        "dtype: DT_UINT8 size: 4 shape { dim { size: 5 } }              | has 4 bytes where its shape needs 5",
        "dtype: DT_UINT8 size: 4 shape { dim { size: -4 } }             | the length -4",
        "dtype: DT_UINT8 size: 4 shape { unknown_rank: true }           | no shape",
        "dtype: DT_FLOAT size: 4 shape { dim { size: 9000000000000000000 } } | more than 2 GB",
        "dtype: DT_UINT8 size: 2000000000 shape { dim { size: 2000000000 } } | lies behind the end",
        "dtype: DT_VARIANT size: 4                                      | DT_VARIANT",
        "dtype: DT_UINT8 size: 4 shape { dim { size: 4 } } crc32c: 1    | is damaged: its checksum is wrong",
        "dtype: DT_UINT8 shape { dim { size: 4 } } slices { extent { start: 0 length: 9 } } | reaches out of its shape",
        "dtype: DT_UINT8 shape { dim { size: 4 } } slices { extent { start: 3 length: 2 } } | reaches out of its shape",
        "dtype: DT_UINT8 shape { dim { size: 4 } } slices { extent { } extent { } }         | another number of axes",
        "dtype: DT_UINT8 shape { dim { size: 4 } } slices { extent { length: 2 } }          | of which one is missing",
      })
  void anEntryThatCannotBeIsRefused(String entry, String why) throws IOException {
    write("num_shards: 1", entry);
    assertRefused(why);
  }

  @Test
  void partsThatDoNotMakeUpTheWholeAreRefused() throws IOException {
    TensorSliceProto half = parse("extent { length: 2 }", TensorSliceProto.class);
    String twice = "dtype: DT_UINT8 shape { dim { size: 4 } } slices { extent { length: 2 } } ";
    write(
        "num_shards: 1",
        twice + "slices { extent { length: 2 } }",
        half,
        "dtype: DT_UINT8 size: 2 shape { dim { size: 2 } }");
    assertRefused("parts that do not make up its shape");
    write("num_shards: 1", twice, half, "dtype: DT_UINT8 size: 2 shape { dim { size: 2 } }");
    assertRefused("parts that do not make up its shape");
    write("num_shards: 1", twice, half, "dtype: DT_INT8 size: 2 shape { dim { size: 2 } }");
    assertRefused("parts of several types");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    // A number, and its bytes by the rule in TensorFlow's ordered_code.cc.
    "0, 80",
    "63, bf",
    "-1, 7f",
    "-64, 40",
    "64, c040",
    "-65, 3fbf",
    "8191, dfff",
    "8192, e02000",
    "1048576, f0100000",
    "9223372036854775807, ffc07fffffffffffffff",
    "-9223372036854775808, 003f8000000000000000",
  })
  void startsOfPartsAreEncodedInOrder(long start, String hex) {
    TensorSliceProto slice =
        TensorSliceProto.newBuilder()
            .addExtent(TensorSliceProto.Extent.newBuilder().setStart(start))
            .build();
    String key = java.util.HexFormat.of().formatHex(Slice.key("a\0b", slice));
    // zero, the text with its zero marked and its end, one axis, the start, and "all of it"
    assertThat(key).isEqualTo("00" + "6100ff620001" + "0101" + hex + "7f");
  }

  private void assertRefused(String why) {
    assertThatThrownBy(
            () -> {
              try (Variables variables = Checkpoints.open(ModelFolder.at(folder), "w")) {
                variables.read("v");
              }
            })
        .isInstanceOf(ModelException.class)
        .hasMessageContaining("w.index")
        .hasMessageContaining(why);
  }

  private void write(String header, String entry) throws IOException {
    TableWriter out = new TableWriter();
    byte[] block =
        TableWriter.block(
            TableWriter.entry(0, "", latin(parse(header, BundleHeaderProto.class).toByteArray())),
            TableWriter.entry(0, "v", latin(entry(entry))));
    write(out, block);
  }

  private void write(String header, String entry, TensorSliceProto slice, String part)
      throws IOException {
    TableWriter out = new TableWriter();
    byte[] block =
        TableWriter.block(
            TableWriter.entry(0, "", latin(parse(header, BundleHeaderProto.class).toByteArray())),
            TableWriter.entry(0, latin(Slice.key("v", slice)), latin(entry(part))),
            TableWriter.entry(0, "v", latin(entry(entry))));
    write(out, block);
  }

  private void write(TableWriter out, byte[] block) throws IOException {
    out.write(folder.resolve("w.index"), List.of(new TableWriter.Stored("v", out.add(block, 0))));
    Files.write(folder.resolve("w.data-00000-of-00001"), SHARD);
  }

  /** An entry; its checksum is that of the shard's first bytes where none is given. */
  private static byte[] entry(String text) {
    BundleEntryProto.Builder entry = parse(text, BundleEntryProto.class).toBuilder();
    if (entry.getCrc32C() == 0 && entry.getSize() <= SHARD.length) {
      entry.setCrc32C(Checksum.of(ByteBuffer.wrap(SHARD, 0, (int) entry.getSize())));
    }
    return entry.build().toByteArray();
  }

  private static <T extends com.google.protobuf.Message> T parse(String text, Class<T> type) {
    try {
      return TextFormat.parse(text, type);
    } catch (TextFormat.ParseException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static String latin(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
