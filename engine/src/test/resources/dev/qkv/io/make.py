"""Makes the files that ArrayFileTest reads, with NumPy 2: python3 make.py, in this folder."""

import numpy as np

a = np.arange(24, dtype=np.float32).reshape(2, 3, 4) / 8 - 1
np.save("f4.npy", a)
np.save("f4-fortran.npy", np.asfortranarray(a))
np.save("f2.npy", a.astype(np.float16))
np.save("f8.npy", a.astype(np.float64))
np.save("big-endian.npy", a.astype(">f4"))
np.save("bool.npy", np.array([[True, False], [False, True]]))
np.save("ints.npy", np.array([3, 1, 4], dtype=np.int64))
np.save("complex.npy", np.array([1j]))
np.savez("two.npz", q=a, lengths=np.array([3, 1], dtype=np.int32))
np.savez_compressed("compressed.npz", q=a)
