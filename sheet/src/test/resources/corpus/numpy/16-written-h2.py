# attention_checks.py
import torch, math


def test_exercise_1():
    """Compute the concatenation of the heads and the final output.
    """
    out1 = torch.tensor([[0.5, 0.8], [1., 0.3], [1.4, -1.]])
    out2 = torch.tensor([[1.2, 1.2], [1.4, 1.1], [-0.2, -1.]])
    W_O = torch.tensor([[-1., 2.], [2., 2.], [-1., 3.], [1., 1.]])
    concat = torch.cat([out1, out2], dim=-1)
    expected = torch.tensor([[0.5000, 0.8000, 1.2000, 1.2000], [1.0000, 0.3000, 1.4000, 1.1000], [1.4000, -1.0000, -0.2000, -1.0000]])      # concat
    assert torch.allclose(concat, expected, atol=1e-2)
    O = concat @ W_O
    expected = torch.tensor([[1.1000, 7.4000], [-0.7000, 7.9000], [-4.2000, -0.8000]])      # O
    assert torch.allclose(O, expected, atol=1e-2)


def test_exercise_2():
    """Apply the causal (look-ahead) mask. Work out the attention weights.
    """
    q = torch.tensor([[1.], [0.6]])
    k = torch.tensor([[-1.], [1.5]])
    mask = torch.tril(torch.ones(2, 2))
    scores = q @ k.T / math.sqrt(1)
    scores_masked = scores.masked_fill(mask == 0, float('-inf'))
    expected = torch.tensor([[-1.0000, -torch.inf], [-0.6000, 0.9000]])      # scores_masked
    assert torch.allclose(scores_masked, expected, atol=1e-2)
    attn = torch.softmax(scores_masked, dim=-1)
    expected = torch.tensor([[1.0000, 0.0000], [0.1824, 0.8176]])      # attn
    assert torch.allclose(attn, expected, atol=1e-2)


def test_exercise_3():
    """Scale by 1/√d_k. Work out the scaled scores.
    """
    q = torch.tensor([[1.2, -0.1], [-0.2, 1.2]])
    k = torch.tensor([[-0.7, -0.7], [1., -0.2]])
    scores = q @ k.T / math.sqrt(2)
    expected = torch.tensor([[-0.5445, 0.8627], [-0.4950, -0.3111]])      # scores
    assert torch.allclose(scores, expected, atol=1e-2)


def test_exercise_4():
    """One complete attention head, start to finish. Work out the scaled scores,
    the attention weights and the output.
    """
    q = torch.tensor([[0.6, -0.4], [-0.3, 1.3], [-1.1, 0.7]])
    k = torch.tensor([[0., 1.3], [0.3, -1.], [-0.3, 0.1]])
    v = torch.tensor([[-0.5, 0.2], [-0.3, 1.4], [0., 0.2]])
    d_k = 2
    scores = q @ k.T / math.sqrt(d_k)
    expected = torch.tensor([[-0.3677, 0.4101, -0.1556], [1.1950, -0.9829, 0.1556], [0.6435, -0.7283, 0.2828]])      # scores
    assert torch.allclose(scores, expected, atol=1e-2)
    attn = torch.softmax(scores, dim=-1)
    expected = torch.tensor([[0.2266, 0.4932, 0.2802], [0.6817, 0.0772, 0.2411], [0.5126, 0.1300, 0.3574]])      # attn
    assert torch.allclose(attn, expected, atol=1e-2)
    out = attn @ v
    expected = torch.tensor([[-0.2613, 0.7919], [-0.3640, 0.2927], [-0.2953, 0.3560]])      # out
    assert torch.allclose(out, expected, atol=1e-2)
