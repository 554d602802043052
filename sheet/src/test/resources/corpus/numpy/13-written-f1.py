"""attention demo，NumPy only"""
import numpy as np

def softmax(x):
    # row-wise 按行
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

# %% 1) softmax 权重
# 求注意力权重（按行 softmax）。d_k=2，除以 √d_k。
print("== 1 ==")
Q = np.array([[1, -2], [-2, -1], [-2, 1]])
K = np.array([[2, 2], [0, 2], [-2, 1]])
d_k = Q.shape[-1]
S = Q @ K.T / np.sqrt(d_k)
print("S", np.round(S, 3), sep="\n")
E = np.exp(S)
print("E", np.round(E, 3), sep="\n")
P = softmax(S)
print("P", np.round(P, 3), sep="\n")

# %% 2) Add & Norm
# X 是子层输入，Z 是注意力输出，求残差和 Y = X + 输出，再做 LayerNorm（总体方差），γ=1，β=0。
print("== 2 ==")
X = np.array([[1, 2, 2, 1]])
output = np.array([[2, 1, -0.2, 0.6]])
Y = X + output
print("Y", np.round(Y, 3), sep="\n")
mu = Y.mean(axis=-1)
print("mu", np.round(mu, 3), sep="\n")
var = Y.var(axis=-1)
print("var", np.round(var, 3), sep="\n")
std = np.sqrt(var)
print("std", np.round(std, 3), sep="\n")
ln = (Y - mu[:, None]) / std[:, None]
print("ln", np.round(ln, 3), sep="\n")

# %% 3) 带投影的自注意力
# 先求 Q、K、V，再求注意力输出。d_k=3，除以 √d_k。
print("== 3 ==")
X = np.array([[1, -1, -2], [2, 0, 0]])
W_Q = np.array([[0, 1, 0], [1, 1, -1], [1, 1, 0]])
W_K = np.array([[0, 1, 1], [-1, 1, 1], [1, -1, 0]])
W_V = np.array([[1, 0], [1, 1], [0, -1]])
d_k = 3
Q = X @ W_Q
print("Q", np.round(Q, 3), sep="\n")
K = X @ W_K
print("K", np.round(K, 3), sep="\n")
V = X @ W_V
print("V", np.round(V, 3), sep="\n")
S = Q @ K.T / np.sqrt(d_k)
print("S", np.round(S, 3), sep="\n")
P = softmax(S)
print("P", np.round(P, 3), sep="\n")
output = P @ V
print("output", np.round(output, 3), sep="\n")

# printed output 运行结果:
'''
== 1 ==
S
[[-1.414 -2.828 -2.828]
 [-4.243 -1.414  2.121]
 [-1.414  1.414  3.536]]
E
[[ 0.243  0.059  0.059]
 [ 0.014  0.243  8.342]
 [ 0.243  4.113 34.313]]
P
[[0.673 0.164 0.164]
 [0.002 0.028 0.97 ]
 [0.006 0.106 0.887]]
== 2 ==
Y
[[3.  3.  1.8 1.6]]
mu
[2.35]
var
[0.427]
std
[0.654]
ln
[[ 0.994  0.994 -0.841 -1.147]]
== 3 ==
Q
[[-3 -2  1]
 [ 0  2  0]]
K
[[-1  2  0]
 [ 0  2  2]]
V
[[0 1]
 [2 0]]
S
[[-0.577 -1.155]
 [ 2.309  2.309]]
P
[[0.64 0.36]
 [0.5  0.5 ]]
output
[[0.719 0.64 ]
 [1.    0.5  ]]
'''
