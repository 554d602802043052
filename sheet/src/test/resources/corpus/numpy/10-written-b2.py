"""注意力小练习（答案写在注释里）"""
import numpy as np
np.set_printoptions(suppress=True)

def softmax(x):
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


# ---------- 练习 1：热身 ----------
# 得分已经算好了。
# 试求指数值、指数之和和注意力权重。
scores = np.array([2, 2, 3])
e = np.exp(scores)
print(np.round(e, 3))  # [ 7.389  7.389 20.086]（指数值）
print(np.round(e.sum(), 3))  # 34.864
weights = e / e.sum()
print(np.round(weights, 3))  # [0.212 0.212 0.576]

# ---------- 练习 2：自注意力 ----------
# 对下面的 Q、K、V 做一次自注意力。
# 求缩放后的得分、注意力权重和输出。
Q = np.array([[2, 1], [1, 1]])
K = np.array([[2, 2], [0, 2]])
V = np.array([[0, 1], [2, 4]])
d_k = K.shape[-1]
scores = Q @ K.T / d_k ** 0.5
print(np.round(scores, 3))  # [[4.243 1.414] [2.828 1.414]]
w = softmax(scores)
print(np.round(w, 3))  # [[0.944 0.056] [0.804 0.196]]（权重）
out = w @ V
print(np.round(out, 3))  # [[0.112 1.167] [0.391 1.587]]（输出）

# ---------- 练习 3：梯度 ----------
# 反向传播：Z = AV，损失对 Z 的梯度为 ∂L/∂Z。
# 计算梯度 ∂L/∂V和梯度 ∂L/∂A。
weights = np.array([[0.2, 0.3, 0.5], [0.5, 0.25, 0.25], [0.6, 0.3, 0.1]])
V = np.array([[0, 1], [3, 0], [1, 0]])
dZ = np.array([[1, 1], [2, 2], [-1, 1]])
dV = weights.T @ dZ
print(np.round(dV, 3))  # [[0.6 1.8] [0.5 1.1] [0.9 1.1]]（梯度 ∂L/∂V）
dA = dZ @ V.T
print(np.round(dA, 3))  # [[ 1  3  1] [ 2  6  2] [ 1 -3 -1]]（梯度 ∂L/∂A）
