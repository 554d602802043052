"""Attention exercises, lab session 5 (2024-03-12).

Run with `python exercises.py`; the comments hold the expected printout.
"""
import numpy as np


def softmax(x):
    x = np.exp(x)
    return x / x.sum(axis=1, keepdims=True)


# ---------------------------------------------------------------
# Exercise 1: scaled scores, weights and output (d_k = 3)
# ---------------------------------------------------------------
Q = np.array([[1.0, 0.0, 1.0],
              [2.0, 1.0, 0.0]])
K = np.array([[1.0, 1.0, 0.0],
              [0.0, 1.0, 2.0]])
V = np.eye(2)

S = Q @ K.T / np.sqrt(3)
print(S.round(3))
# [[0.577 1.155]
#  [1.732 0.577]]
A = softmax(S)
print(A.round(3))
# [[0.359 0.641]
#  [0.760 0.240]]
Z = A @ V          # V is the identity, so Z == A
print(Z.round(3))
# [[0.359 0.641]
#  [0.760 0.240]]

# ---------------------------------------------------------------
# Exercise 2: here the scores are multiplied by 0.5 instead of 1/sqrt(d_k)
# ---------------------------------------------------------------
Q = np.array([[1, 1], [0, 1]])
K = np.array([[1, 0], [1, 2]])
V = np.array([[3], [5]])
scale = 0.5

print(Q @ K.T)              # [[1 3] [0 2]]
S = scale * (Q @ K.T)
print(S)                    # [[0.5 1.5] [0.  1. ]]
A = softmax(S)
print(A.round(2))           # [[0.27 0.73] [0.5  0.5 ]]
print((A @ V).round(2))     # [[4.46] [4.46]]

# Exercise 3: what is A.shape if Q has 5 rows and K has 7?
# Answer: (5, 7), one row per query and one column per key.
