namespace Strata.Nn.Tests.Models;

public sealed class SummaryTests
{
    [Fact]
    public void The_table_is_that_of_Keras()
    {
        var model = new Sequential(
            new Input([784]),
            new Dense(32, Activation.Relu),
            new BatchNormalization(),
            new Dropout(0.5),
            new Reshape(4, 8),
            new Flatten(),
            new Dense(10, Activation.Softmax) { Name = "answers_to_the_question_which_digit" });
        Assert.Equal(
            """
            _________________________________________________________________
            Layer (type)                 Output Shape              Param #   
            =================================================================
            input_1 (Input)              (None, 784)               0         
            _________________________________________________________________
            dense_1 (Dense)              (None, 32)                25,120    
            _________________________________________________________________
            batch_normalization_1 (Batch (None, 32)                128       
            _________________________________________________________________
            dropout_1 (Dropout)          (None, 32)                0         
            _________________________________________________________________
            reshape_1 (Reshape)          (None, 4, 8)              0         
            _________________________________________________________________
            flatten_1 (Flatten)          (None, 32)                0         
            _________________________________________________________________
            answers_to_the_question_whic (None, 10)                330       
            =================================================================
            Total params: 25,578
            Trainable params: 25,514
            Non-trainable params: 64
            _________________________________________________________________

            """,
            model.Summary());
    }

    [Fact]
    public void A_model_of_unknown_shape_says_what_to_do() => Check.Fails(
        "Model: 'm' has no weights yet, because the shape of its input is not known; call BuildFor, begin it with an Input layer, or call it on data.",
        () => new Sequential(new Dense(1)) { Name = "m" }.Summary());

    [Fact]
    public void A_model_inside_a_model_is_one_line()
    {
        var inner = new Sequential(new Dense(3), new Dense(2));
        var model = new Sequential(inner, new Dense(1)) { Seed = 1 };
        model.BuildFor([5]);
        Assert.Contains("sequential_1 (Sequential)    (None, 2)                 26        ", model.Summary(), StringComparison.Ordinal);
        Assert.Contains("Total params: 29\n", model.Summary(), StringComparison.Ordinal);
        Assert.Equal(new string('_', 98), model.Summary(98).Split('\n')[0]);
    }

    [Fact]
    public void Parameter_counts_are_those_of_the_catalogue()
    {
        Assert.Equal(16_032 + 330, Count(new Sequential(new Input([500]), new Dense(32), new Dense(10))));
        Assert.Equal(3 * 3 * 3 * 64 + 64, Count(new Sequential(new Input([8, 8, 3]), new Conv2D(64, 3))));

        static long Count(Sequential model)
        {
            model.Summary();
            return model.ParameterCount;
        }
    }
}
