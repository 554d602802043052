/**
 * The inner loops of attention, not exported. {@link dev.qkv.kernel.Kernel} is the contract, {@link
 * dev.qkv.kernel.ScalarKernel} the plain version and {@link dev.qkv.kernel.VectorKernel} the fast
 * one, with the same method names. Nothing else in QKV uses the Vector API.
 */
@NullMarked
package dev.qkv.kernel;

import org.jspecify.annotations.NullMarked;
