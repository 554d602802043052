# -*- coding: utf-8 -*-
# 因果自注意力小练习（PyTorch 版）
# 提示：masked_fill 把上三角填成 -inf,softmax 之后就是 0

import math
import torch

Q = torch.tensor([[0., 1.], [1., 1.], [2., 0.]])
K = torch.tensor([[1., 0.], [0., 1.], [1., -1.]])
V = torch.tensor([[1., 0.], [0., 1.], [1., 1.]])

mask = torch.triu(torch.ones(3, 3), diagonal=1).bool()

# 问题 1:掩码之前的得分（除以 √2）
scores = Q @ K.T / math.sqrt(2)
# tensor([[ 0.0000,  0.7071, -0.7071],
#         [ 0.7071,  0.7071,  0.0000],
#         [ 1.4142,  0.0000,  1.4142]])

# 问题 2:掩码之后的得分
scores = scores.masked_fill(mask, float('-inf'))
# tensor([[0.0000,   -inf,   -inf],
#         [0.7071, 0.7071,   -inf],
#         [1.4142, 0.0000, 1.4142]])

# 问题 3:注意力权重
A = torch.softmax(scores, dim=-1)
# tensor([[1.0000, 0.0000, 0.0000],
#         [0.5000, 0.5000, 0.0000],
#         [0.4458, 0.1084, 0.4458]])

# 问题 4:输出
out = A @ V
# tensor([[1.0000, 0.0000],
#         [0.5000, 0.5000],
#         [0.8916, 0.5542]])
