"""Attention by hand, checked with numpy."""
import numpy as np
np.set_printoptions(precision=4, suppress=True)

def softmax(x):
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


# ---- Exercise 1 ----
# Turn scores into weights. Scale by 1/√d_k. Work out the scaled scores and
# the attention weights.
Q = np.array([-2., 2.])
K = np.array([[-1., 2.], [1., 2.]])
logits = K @ Q / np.sqrt(K.shape[-1])
print(logits)
# -> [4.2426 1.4142]
alpha = softmax(logits)
print(alpha)
# -> [0.9442 0.0558]


# ---- Exercise 2 ----
# Residual connection, then LayerNorm over features. Use the population
# variance, ignore ε, no gain or bias. Compute the residual sum Y, the row
# means mu, the row variances var and the normalised rows ln.
X = np.array([[-1., 2., -1., -1.], [2., -2., -2., 0.]])
output = np.array([[2., -1., 0., 2.], [-2., -1., 1., 0.]])
Y = X + output
print(Y)
# -> [[ 1.  1. -1.  1.]
#     [ 0. -3. -1.  0.]]
mu = Y.mean(axis=-1)
print(mu)
# -> [ 0.5 -1. ]
var = Y.var(axis=-1)   # population variance
print(var)
# -> [0.75 1.5 ]
ln = (Y - mu[:, None]) / np.sqrt(var[:, None])
print(ln)
# -> [[ 0.5774  0.5774 -1.7321  0.5774]
#     [ 0.8165 -1.633   0.      0.8165]]


# ---- Exercise 3 ----
# Scale by 1/√d_k. Work out the raw products raw and the scaled scores.
Q = np.array([2., 1.])
K = np.array([[2., -2.], [1., 2.]])
raw = K @ Q
print(raw)
# -> [2. 4.]
logits = raw / np.sqrt(2)
print(logits)
# -> [1.4142 2.8284]
