/** NumPy's array files, for raw tensors on the command line, downloads and test fixtures. */
@org.jspecify.annotations.NullMarked
package dev.picasso.format.npy;
