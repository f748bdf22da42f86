package dev.picasso.format.tflite.file;

import dev.picasso.format.ModelException;
import java.util.List;
import java.util.Optional;

/**
 * The table of options that belongs to an operator, in which a field is known by its place in the
 * schema. A table that is missing has all defaults, as an operator without options writes none.
 */
public final class OperatorOptions {
  private final int kind;
  private final Optional<FlatTable> table;

  /**
   * Options.
   *
   * @param kind which table it is, as the schema's union {@code BuiltinOptions} counts them
   */
  OperatorOptions(int kind, Optional<FlatTable> table) {
    this.kind = kind;
    this.table = table;
  }

  /**
   * The same options, once they are known to be those that are expected.
   *
   * @param expected the table's number in the union {@code BuiltinOptions}
   * @throws ModelException if they belong to another kind of operator
   */
  public OperatorOptions of(int expected) {
    if (kind != expected && kind != 0) {
      throw new ModelException("has the options of another operator.");
    }
    return this;
  }

  public int int8(int field, int whenAbsent) {
    return table.map(t -> t.int8(field, whenAbsent)).orElse(whenAbsent);
  }

  public boolean flag(int field) {
    return table.map(t -> t.flag(field, false)).orElse(false);
  }

  public int int32(int field, int whenAbsent) {
    return table.map(t -> t.int32(field, whenAbsent)).orElse(whenAbsent);
  }

  public float float32(int field, float whenAbsent) {
    return table.map(t -> t.float32(field, whenAbsent)).orElse(whenAbsent);
  }

  public List<Integer> ints(int field) {
    return table.map(t -> t.ints(field)).orElse(List.of());
  }
}
