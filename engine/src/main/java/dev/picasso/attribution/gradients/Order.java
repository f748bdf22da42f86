package dev.picasso.attribution.gradients;

/** Numbers by their size. */
final class Order {
  private Order() {}

  /** The number that stands at place k, from 0, if they are put in order; Hoare's selection. */
  static double smallest(double[] numbers, int k) {
    double[] rest = numbers.clone();
    int low = 0;
    int high = rest.length - 1;
    while (low < high) {
      double pivot = rest[(low + high) >>> 1];
      int i = low;
      int j = high;
      while (i <= j) {
        while (rest[i] < pivot) {
          i++;
        }
        while (rest[j] > pivot) {
          j--;
        }
        if (i <= j) {
          double other = rest[i];
          rest[i++] = rest[j];
          rest[j--] = other;
        }
      }
      if (k <= j) {
        high = j;
      } else if (k >= i) {
        low = i;
      } else {
        return rest[k];
      }
    }
    return rest[k];
  }
}
