using Strata.Gallery.Language.Sequences;
using Strata.Nn;
using Strata.Random;

namespace Strata.Gallery.Tests.Language;

public sealed class AdditionRnnTests
{
    [Fact]
    public void The_network_of_the_notebook_has_205324_weights()
    {
        var model = AdditionRnn.Create(digits: 2, units: 128, seed: 1);
        model.BuildFor([5, 12]);
        Assert.Equal([72_192, 0, 131_584, 1_548], model.Layers.Select(l => l.ParameterCount));
        Assert.Equal(205_324, model.ParameterCount);
    }

    [Fact]
    public void It_answers_with_a_distribution_for_each_of_three_characters()
    {
        var y = AdditionRnn.Create(digits: 2, units: 8, seed: 1).Apply(Tensor.Zeros([4, 5, 12]));
        Assert.Equal(Shape.Of([4, 3, 12]), y.Shape);
        Assert.All(y.Sum(-1).ToArray<float>(), sum => Assert.Equal(1, sum, 1e-5f));
    }

    [Fact]
    public void Five_thousand_questions_are_five_thousand_pairs_and_none_is_both_known_and_unseen()
    {
        var all = AdditionQuestions.Draw(5000, 2, new RandomStream(3));
        Assert.Equal(5000, all.Pairs.Distinct().Count());
        Assert.All(all.Pairs, p => Assert.InRange(p.Small, 0, p.Large));
        Assert.All(all.Pairs, p => Assert.InRange(p.Large, 0, 99));
        Assert.Empty(all[..4500].Pairs.Intersect(all[4500..].Pairs));
    }

    [Fact]
    public void Questions_and_answers_are_padded_and_true()
    {
        var all = AdditionQuestions.Draw(300, 3, new RandomStream(4));
        for (var i = 0; i < all.Count; i++)
        {
            Assert.Equal(7, all.Questions[i].Length);
            Assert.Equal(4, all.Answers[i].Length);
            var summands = all.Questions[i].Split('+').Select(int.Parse).ToArray();
            Assert.Equal(summands.Sum(), int.Parse(all.Answers[i]));
            Assert.Equal(all.Pairs[i], (summands.Min(), summands.Max()));
        }
    }

    [Fact]
    public void Reversal_reads_the_padded_question_from_its_end()
    {
        var all = AdditionQuestions.Draw(20, 2, new RandomStream(5));
        var (x, y) = all.Encode(reversed: true);
        Assert.Equal(all.Questions.Select(q => new string([.. q.Reverse()])), AdditionQuestions.Alphabet.Decode(x));
        Assert.Equal(all.Answers, AdditionQuestions.Alphabet.Decode(y));
        Assert.Equal(all.Questions, AdditionQuestions.Alphabet.Decode(all.Encode(reversed: false).X));
    }

    [Fact]
    public void Answers_are_scored_by_character_and_as_a_whole()
    {
        var questions = new AdditionQuestions([(1, 2), (9, 9)], ["1+2", "9+9"], ["3 ", "18"]);
        Assert.Equal((0.75, 0.5), questions.Score(["3 ", "17"]));
    }

    [Fact]
    public void The_nearest_known_question_is_that_of_the_fewest_edits()
    {
        var known = new AdditionQuestions([(11, 22), (55, 66)], ["11+22", "55+66"], ["33 ", "121"]);
        var asked = new AdditionQuestions([(56, 66), (11, 29)], ["56+66", "11+29"], ["122", "40 "]);
        Assert.Equal(["121", "33 "], known.NearestAnswers(asked));
    }

    [Fact]
    public void More_questions_than_there_are_pairs_are_refused() => Assert.Equal(
        "AdditionQuestions: there are 55 pairs of numbers of up to 1 digits; 56 cannot be drawn.",
        Assert.Throws<StrataException>(() => AdditionQuestions.Draw(56, 1, new RandomStream(1))).Message);

    [Fact]
    public void The_gradient_of_a_repeated_vector_is_the_sum_over_the_steps()
    {
        var weights = Tensor.From([1f, 2, 3, 4, 5, 6], [1, 3, 2]);
        var g = Gradient.Of(x => (new RepeatVector(3).Apply(x) * weights).Sum(), Tensor.Zeros([1, 2]));
        Assert.Equal([1 + 3 + 5, 2 + 4 + 6], g.ToArray<float>());
    }

    [Fact]
    public void A_dense_layer_at_each_step_is_one_on_the_last_axis()
    {
        var dense = new Dense(4);
        var x = new RandomStream(6).Normal([2, 3, 5]);
        var apart = new TimeDistributed(dense).Apply(x);
        Assert.Equal(dense.Apply(x).ToArray<float>(), apart.ToArray<float>());
    }
}
