/**
 * Arrays in files: NumPy's .npy and .npz, and safetensors. {@link dev.qkv.io.ArrayFile} is the way
 * in. Files are not trusted: every number in a header is checked before memory is asked for.
 */
@NullMarked
package dev.qkv.io;

import org.jspecify.annotations.NullMarked;
