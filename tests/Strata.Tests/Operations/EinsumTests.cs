namespace Strata.Tests.Operations;

public sealed class EinsumTests
{
    [Theory]
    [InlineData("ij,jk->ik")]
    [InlineData("ij,jk")]
    [InlineData("ij,kj->ki")]
    [InlineData("ji,jk->ik")]
    [InlineData("bij,bjk->bik")]
    [InlineData("bij,bijd->bjd")]
    [InlineData("bhqd,bhkd->bhqk")]
    [InlineData("bqhd,bkhd->bhqk")]
    [InlineData("i,j->ij")]
    [InlineData("i,i->")]
    [InlineData("bi,bi->b")]
    [InlineData("ii->i")]
    [InlineData("ii")]
    [InlineData("iji->j")]
    [InlineData("ij->ji")]
    [InlineData("ij->")]
    [InlineData("ba")]
    [InlineData("ij,jk,kl->il")]
    [InlineData("i,ij,j->")]
    [InlineData("ij,ik,il->jkl")]
    [InlineData("...ij,...jk->...ik")]
    [InlineData("...i,i->...")]
    [InlineData("i...->...")]
    [InlineData("ab,bc,ad->")]
    public void Sums(string equation) => Check.Operation("linear: einsum/" + equation, x => [Tensor.Einsum(equation, x)], smooth: true, tolerance: 4e-6);

    [Fact]
    public void Integers_are_summed_too() => Assert.Equal(
        [19L, 22, 43, 50],
        Tensor.Einsum("ij, jk -> ik", Tensor.From([1L, 2, 3, 4], [2, 2]), Tensor.From([5L, 6, 7, 8], [2, 2])).ToArray<long>());

    [Fact]
    public void Empty_sums_are_zero() => Assert.Equal(
        [0f, 0, 0, 0],
        Tensor.Einsum("ij,jk->ik", Tensor.Zeros([2, 0]), Tensor.Zeros([0, 2])).ToArray<float>());

    [Fact]
    public void Wrong_equations_are_named()
    {
        var (a, b) = (Tensor.Zeros([2, 3]), Tensor.Zeros([4, 5]));
        Check.Fails("Einsum: letter 'j' has size 3 in operand 0 and 4 in operand 1 in \"ij,jk->ik\".", () => Tensor.Einsum("ij,jk->ik", a, b));
        Check.Fails("Einsum: 2 operands are named, but 1 were given in \"ij,jk\".", () => Tensor.Einsum("ij,jk", a));
        Check.Fails("Einsum: \"ijk\" names 3 axes, but its operand has 2 in \"ijk\".", () => Tensor.Einsum("ijk", a));
        Check.Fails("Einsum: letter 'k' of the result stands in no operand in \"ij->ik\".", () => Tensor.Einsum("ij->ik", a));
        Check.Fails("Einsum: letter 'i' stands twice in the result in \"ij->ii\".", () => Tensor.Einsum("ij->ii", a));
        Check.Fails("Einsum: '1' is not a letter a–z or A–Z in \"i1\".", () => Tensor.Einsum("i1", a));
        Check.Fails("Einsum: the axes under ... have sizes 3 in operand 0 and 5 in operand 1, which do not broadcast in \"i...,j...\".", () => Tensor.Einsum("i...,j...", a, b));
    }
}
