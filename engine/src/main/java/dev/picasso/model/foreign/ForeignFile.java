package dev.picasso.model.foreign;

/**
 * What a file is that is no model of a format that is read.
 *
 * @param what as in "a Caffe model"
 * @param remedy sentences and commands that lead to a model that is read
 * @param isModel whether it is a model, or a part of one, of another kind
 */
public record ForeignFile(String what, String remedy, boolean isModel) {
  static ForeignFile model(String what, String remedy) {
    return new ForeignFile(what, remedy, true);
  }

  static ForeignFile noModel(String what, String remedy) {
    return new ForeignFile(what, remedy, false);
  }

  /** What to say of the file of that name. */
  public String problem(String name) {
    return name + ": is " + what + ". " + remedy;
  }
}
