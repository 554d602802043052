import numpy as np

def attention(Q, K, V):
    S = Q @ K.T / np.sqrt(K.shape[1])
    E = np.exp(S)
    A = E / E.sum(axis=1, keepdims=True)
    return A, A @ V

# Q1. two heads, then W_O
Q1 = np.array([[2, 0], [0, -1]])
K1 = np.array([[1, 1], [0, 2]])
V1 = np.array([[-2, 1], [2, 4]])
Q2 = np.array([[1, 1], [0, 1]])
K2 = np.array([[-1, 0], [-1, -1]])
V2 = np.array([[-2, 2], [-1, 2]])
W_O = np.array([[1, -1], [0, 1], [1, -1], [1, -1]])

A1, Z1 = attention(Q1, K1, V1)
print(np.round(A1, 3))
"""
[[0.804 0.196]
 [0.67  0.33 ]]
"""
A2, Z2 = attention(Q2, K2, V2)
print(np.round(A2, 3))
"""
[[0.67 0.33]
 [0.67 0.43]]
"""
C = np.hstack([Z1, Z2])
print(np.round(C, 3))
"""
[[-1.218  1.587 -1.67   2.   ]
 [-0.679  1.991 -1.67   2.   ]]
"""
print(np.round(C @ W_O, 3))
"""
[[-0.887  2.474]
 [-0.349  2.34 ]]
"""

# Q2. one head, d_k = 4
Q = np.array([[1, 0, 2, 2], [-1, 1, 1, 0]])
K = np.array([[-1, 1, 2, -1], [2, 2, 2, -1], [2, -1, 0, 1]])
V = np.array([[2, -2], [3, 0], [-1, -2]])
A, Z = attention(Q, K, V)
print(np.round(A, 4))
"""
[[0.1004 0.4498 0.4498]
 [0.7153 0.2631 0.0216]]
"""
print(np.round(Z, 4))
"""
[[ 1.1004 -1.1004]
 [ 2.1983 -1.4737]]
"""

# Q3. scores of one query (took me 20 min because I forgot the .T at first)
q = np.array([0, 1, -1])
keys = np.array([[2, -1, 0], [0, -1, 1], [1, 1, -1]])
print(keys @ q)
# [-1 -2  2]
print(np.round(keys @ q / np.sqrt(3), 3))
# [-0.577 -1.155  1.155]
