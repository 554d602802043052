#!/usr/bin/env python3
import numpy as np
np.set_printoptions(precision=3, suppress=True)

def softmax(z): z = np.exp(z - z.max(-1, keepdims=True)); return z / z.sum(-1, keepdims=True)

def ex1():
    """反向传播. 由 V = X W_V，已知 X 和上游梯度 dV。
    求 dW_V。
    """
    X = np.array([[0., 2.], [2., 0.], [1., 1.]])
    dV = np.array([[-1., -1.], [-1., 0.], [0., 2.]])
    dW_V = X.T @ dV
    print(f'W_V 的梯度: {dW_V}')

ex1()
# 打印：
# W_V 的梯度: [[-2.  2.]
#  [-2.  2.]]

def ex2():
    """单个得分. 取一个查询和一个键，维度 d_k = 2。
    求缩放后的得分 q·k/√d_k。
    """
    q = np.array([3., 3.])
    k = np.array([3., 0.])
    s = (q @ k) / np.sqrt(q.shape[-1])
    print('s', s)

ex2()
# 打印：
# s 6.364

def ex3():
    """从词向量到输出. 从输入 X 和三个可学习的矩阵出发。
    求 Q、K、V、注意力权重和最后的输出。
    """
    X = np.array([[1., 0.], [2., 2.]])
    W_Q = np.array([[-1., 0.], [1., 1.]])
    W_K = np.array([[-1., 0.], [0., 1.]])
    W_V = np.array([[2., 0.], [-1., 2.]])
    Q = X @ W_Q
    print('Q', Q)
    K = X @ W_K
    print(f'键矩阵: {K}')
    V = X @ W_V
    print('V', V)
    S = (Q @ K.T) / np.sqrt(Q.shape[-1])
    print('S', S)
    A = softmax(S)
    print(f'softmax 权重: {A}')
    Z = A @ V
    print(f'结果: {Z}')

ex3()
# 打印：
# Q [[-1.  0.]
#  [ 1.  2.]]
# 键矩阵: [[-1.  0.]
#  [-2.  2.]]
# V [[2. 0.]
#  [4. 4.]]
# S [[0.707 1.414]
#  [0.    2.828]]
# softmax 权重: [[0.33  0.67 ]
#  [0.056 0.944]]
# 结果: [[2.    2.679]
#  [2.    3.777]]
