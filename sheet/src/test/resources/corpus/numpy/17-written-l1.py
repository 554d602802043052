"""作业 3:用 PyTorch 手写注意力。作者:王同学,2023-10-08"""
import torch
import torch.nn.functional as F

# ---- 第 1 题:投影 ----
X  = torch.tensor([[1., 0., 2.], [0., 1., 1.]])
Wq = torch.tensor([[1., 0.], [0., 1.], [1., 0.]])
Wk = torch.tensor([[0., 1.], [1., 1.], [1., 0.]])
Wv = torch.tensor([[1., 0.], [0., 2.], [0., 1.]])
Q, K, V = X @ Wq, X @ Wk, X @ Wv
print(Q)
# tensor([[3.0000, 0.0000],
#         [1.0000, 1.0000]])
print(K)
# tensor([[2.0000, 1.0000],
#         [2.0000, 1.0000]])
print(V)
# tensor([[1.0000, 2.0000],
#         [0.0000, 3.0000]])

# ---- 第 2 题:注意力 ----
scores = Q @ K.T / 2 ** 0.5
print(scores)
# tensor([[4.2426, 4.2426],
#         [2.1213, 2.1213]])
attn = F.softmax(scores, dim=-1)
print(attn)
# tensor([[0.5000, 0.5000],
#         [0.5000, 0.5000]])
out = attn @ V
print(out)
# tensor([[0.5000, 2.5000],
#         [0.5000, 2.5000]])

# ---- 第 3 题:LayerNorm ----
x = torch.tensor([[1., 2., 6.]])
mu = x.mean(-1, keepdim=True)
var = ((x - mu) ** 2).mean(-1, keepdim=True)
print(mu.item())
# 3.0
print(round(var.item(), 4))
# 4.6667
print((x - mu) / var.sqrt())
# tensor([[-0.9258, -0.4629,  1.3887]])
