package dev.picasso.format.tensorflow.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.TextFormat;
import dev.picasso.format.ModelException;
import dev.picasso.format.tensorflow.Fixtures;
import dev.picasso.graph.Tensor;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.TensorProto;

class TensorMessagesTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "dtype: DT_FLOAT float_val: 1.5                                       | 1.5",
        "dtype: DT_FLOAT tensor_shape { dim { size: 2 } } float_val: [1.5, 2] | 1.5 2",
        "dtype: DT_FLOAT tensor_shape { dim { size: 4 } } float_val: [1.5, 2] | 1.5 2 2 2",
        "dtype: DT_FLOAT tensor_shape { dim { size: 2 } }                     | 0 0",
        "dtype: DT_FLOAT_REF float_val: 1.5                                   | 1.5",
        "dtype: DT_FLOAT tensor_shape { dim { size: 0 } }                     | ''",
        "dtype: DT_DOUBLE double_val: 1e300                                   | 1e300",
        "dtype: DT_HALF tensor_shape { dim { size: 2 } } half_val: 15360      | 1 1",
        "dtype: DT_BFLOAT16 half_val: 49152                                   | -2",
        "dtype: DT_INT64 tensor_shape { dim { size: 2 } } int64_val: -7       | -7 -7",
        "dtype: DT_INT8 int_val: -7                                           | -7",
        "dtype: DT_UINT8 int_val: 200                                         | 200",
        "dtype: DT_UINT16 int_val: 60000                                      | 60000",
        "dtype: DT_INT16 int_val: -300                                        | -300",
        "dtype: DT_INT32 int_val: -70000                                      | -70000",
        "dtype: DT_UINT32 uint32_val: 4000000000                              | 4000000000",
        "dtype: DT_UINT64 uint64_val: 5                                       | 5",
        "dtype: DT_BOOL tensor_shape { dim { size: 2 } } bool_val: [true, false] | 1 0",
        "dtype: DT_INT16 tensor_shape { dim { size: 2 } } tensor_content: '\\001\\000\\377\\377' | 1 -1",
      })
  void numbersAreReadInAllWaysOfStorage(String message, String numbers)
      throws TextFormat.ParseException {
    double[] expected =
        Arrays.stream(numbers.split(" "))
            .filter(n -> !n.isEmpty())
            .mapToDouble(Double::parseDouble)
            .toArray();
    assertThat(Fixtures.numbers(read(message))).containsExactly(expected);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "dtype: DT_STRING string_val: 'a'                                  | DT_STRING",
        "dtype: DT_FLOAT float_val: [1, 2]                                 | holds 2 numbers",
        "dtype: DT_FLOAT tensor_content: 'abc'                             | holds 3 bytes",
        "dtype: DT_FLOAT tensor_shape { unknown_rank: true }               | no shape",
        "dtype: DT_FLOAT tensor_shape { dim { size: -1 } }                 | the length -1",
        "dtype: DT_FLOAT tensor_shape { dim { size: 600000000 } }          | more than 2 GB",
        "dtype: DT_FLOAT tensor_shape { dim { size: 4000000000 } dim { size: 4000000000 } } | 2 GB",
        "dtype: DT_FLOAT tensor_shape { dim { size: 100000000 } } float_val: 1 | holds 1 numbers",
      })
  void whatHoldsNoNumbersIsRefused(String message, String why) {
    assertThatThrownBy(() -> read(message))
        .isInstanceOf(ModelException.class)
        .hasMessageStartingWith("w.pb: the node w")
        .hasMessageContaining(why);
  }

  @Test
  void everyTypeIsOneOfTheGraphsOrNone() {
    for (DataType type : DataType.values()) {
      if (type != DataType.UNRECOGNIZED) {
        assertThat(ElementTypes.of(type)).isEqualTo(ElementTypes.of(ElementTypes.plain(type)));
      }
    }
    assertThat(Arrays.stream(DataType.values()).filter(t -> ElementTypes.of(t).isPresent()))
        .hasSize(2 * (13 + 5)); // the codes of numbers of few bits too
  }

  private static Tensor read(String message) throws TextFormat.ParseException {
    return TensorMessages.read("w.pb: the node w", TextFormat.parse(message, TensorProto.class));
  }
}
