package dev.picasso.model.foreign;

import java.util.List;

/** Objects, arrays and programs of Python. */
final class PythonFiles {
  private static final String SKLEARN =
      "Picasso never runs code from a file. In Python, export it once:\n"
          + "  pip install skl2onnx\n"
          + "  from skl2onnx import to_onnx\n"
          + "  open(\"model.onnx\", \"wb\").write("
          + "to_onnx(model, X[:1].astype(\"float32\")).SerializeToString())\n"
          + "and open model.onnx.";

  private static final String FASTAI =
      "Picasso never runs code from a file. In Python, export its network once:\n"
          + "  learn = fastai.learner.load_learner(\"export.pkl\")\n"
          + "  torch.onnx.export(learn.model.eval(), torch.zeros(1, 3, 224, 224), \"model.onnx\","
          + " dynamo=False)\n"
          + "and open model.onnx.";

  private static final String ANY =
      "Picasso never runs code from a file. Load it in Python, and save the model as ONNX, or with"
          + " Keras' model.save(\"model.keras\").";

  private static final String ARRAYS = "a file of NumPy: arrays, perhaps weights, not a graph";

  private static final String WHOLE =
      "Load the weights into the model in Python and save the whole model, as with"
          + " model.save(\"model.keras\").";

  private PythonFiles() {}

  static List<Kind> kinds() {
    return List.of(
        Kind.of(
            s -> isPickle(s) && s.has("fastai"),
            ForeignFile.model("a pickled learner of fastai", FASTAI)),
        Kind.of(
            s -> (isPickle(s) && s.has("sklearn")) || s.ends(".joblib"),
            ForeignFile.model("a pickled model of scikit-learn", SKLEARN)),
        Kind.of(PythonFiles::isPickle, ForeignFile.model("a pickle of Python", ANY)),
        Kind.of(s -> s.isZip() && s.holds("(?s).*\\.npy"), ForeignFile.model(ARRAYS, WHOLE)),
        Kind.of(s -> s.hasBytes(0, "934e554d5059"), ForeignFile.noModel(ARRAYS, WHOLE)),
        Kind.of(
            s -> s.ends(".msgpack"),
            ForeignFile.model(
                "weights of Flax, not a graph",
                "In Python, with the model built, convert it once with jax2tf and"
                    + " tf.saved_model.save, and open that folder.")),
        Kind.of(
            s -> s.isText() && s.ends(".py", ".ipynb"),
            ForeignFile.noModel(
                "a program, not a model",
                "Picasso never runs code. Run it in Python, and save the model at its end:"
                    + " model.save(\"model.keras\"), or torch.onnx.export.")));
  }

  /** Protocol 2 and later, or the end of an older one's first line. */
  private static boolean isPickle(Sample s) {
    char protocol = s.text().length() > 2 ? s.text().charAt(1) : 0;
    boolean pickle = s.hasBytes(0, "80") && protocol >= 2 && protocol <= 5;
    return pickle || (s.ends(".pkl", ".pickle") && !s.isZip());
  }
}
