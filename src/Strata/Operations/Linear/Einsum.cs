namespace Strata;

public sealed partial class Tensor
{
    /// <summary>Einstein's summation: each operand's axes are named by letters, and the result's elements are the sums of products over all
    /// letters that the result lacks. <c>Einsum("ij,jk->ik", a, b)</c> is the matrix product, <c>"ii->i"</c> the diagonal,
    /// <c>"...ij->...ji"</c> a transposition under any batch axes, which broadcast. Without <c>-></c> the result has the letters that stand
    /// once, in alphabetical order.</summary>
    /// <param name="equation">Letters a–z and A–Z and at most one <c>...</c> for each operand; spaces are ignored.</param>
    /// <param name="operands">As many tensors as the equation names. Types promote.</param>
    /// <exception cref="ShapeException">The equation is malformed, or a letter stands for two sizes.</exception>
    public static Tensor Einsum(string equation, params ReadOnlySpan<Tensor> operands) => new Contraction(equation, operands).Result();

    /// <summary>A sum of products under way: operands whose axes have labels, contracted pair by pair until one is left.</summary>
    sealed class Contraction
    {
        // Labels of the axes under an ellipsis, counted from its end, stand above all letters.
        const char FirstBatchLabel = '\uE000';

        readonly string equation;
        readonly List<(Tensor Value, string Labels)> terms = [];
        readonly Dictionary<char, (int Size, int Operand)> sizes = [];
        readonly string output;
        int batchRank;

        public Contraction(string equation, ReadOnlySpan<Tensor> operands)
        {
            this.equation = equation;
            var compact = equation.Replace(" ", "");
            var arrow = compact.IndexOf("->", StringComparison.Ordinal);
            var inputs = (arrow < 0 ? compact : compact[..arrow]).Split(',');
            if (inputs.Length != operands.Length) Fail($"{inputs.Length} operands are named, but {operands.Length} were given");
            var promoted = Promoted(operands);
            for (var i = 0; i < inputs.Length; i++) AddTerm(promoted[i], Labels(inputs[i], promoted[i].Rank), i);
            var batch = BatchLabels(batchRank);
            output = arrow < 0 ? batch + Implicit(inputs) : compact[(arrow + 2)..].Replace("...", batch);
            CheckOutput();
        }

        public Tensor Result()
        {
            for (var i = 0; i < terms.Count; i++) terms[i] = Reduced(terms[i], i);
            while (terms.Count > 1)
            {
                var (first, second) = Cheapest();
                var (a, b) = (terms[first], terms[second]);
                terms.RemoveAt(second);
                terms.RemoveAt(first);
                terms.Add(Contract(a, b));
            }

            var (value, labels) = Reduced(terms[0], 0);
            return Ordered(value, labels, output);
        }

        // ---- Reading the equation ----

        string Labels(string input, int rank)
        {
            var ellipsis = input.IndexOf("...", StringComparison.Ordinal);
            var letters = ellipsis < 0 ? input : input.Remove(ellipsis, 3);
            foreach (var letter in letters)
                if (!char.IsAsciiLetter(letter)) Fail($"'{letter}' is not a letter a–z or A–Z");
            var extra = rank - letters.Length;
            if (extra < 0 || (ellipsis < 0 && extra > 0)) Fail($"\"{input}\" names {letters.Length} axes, but its operand has {rank}");
            batchRank = Math.Max(batchRank, extra);
            return ellipsis < 0 ? letters : letters.Insert(ellipsis, BatchLabels(extra));
        }

        static string BatchLabels(int count) => string.Create(count, 0, (span, _) =>
        {
            for (var i = 0; i < span.Length; i++) span[i] = (char)(FirstBatchLabel + span.Length - 1 - i);
        });

        void AddTerm(Tensor value, string labels, int operand)
        {
            for (var axis = 0; axis < labels.Length; axis++)
            {
                var (label, size) = (labels[axis], value.Shape[axis]);
                if (!sizes.TryGetValue(label, out var known))
                {
                    sizes[label] = (size, operand);
                }
                else if (known.Size != size)
                {
                    if (label < FirstBatchLabel) Fail($"letter '{label}' has size {known.Size} in operand {known.Operand} and {size} in operand {operand}");
                    if (known.Size != 1 && size != 1) Fail($"the axes under ... have sizes {known.Size} in operand {known.Operand} and {size} in operand {operand}, which do not broadcast");
                    if (known.Size == 1) sizes[label] = (size, operand);
                }
            }

            terms.Add((value, labels));
        }

        static string Implicit(string[] inputs)
        {
            var all = string.Concat(inputs).Replace(".", "");
            return string.Concat(all.Where(letter => all.Count(other => other == letter) == 1).Order());
        }

        void CheckOutput()
        {
            foreach (var label in output)
            {
                if (label < FirstBatchLabel && !char.IsAsciiLetter(label)) Fail($"'{label}' is not a letter a–z or A–Z");
                if (!sizes.ContainsKey(label)) Fail($"letter '{label}' of the result stands in no operand");
                if (output.Count(other => other == label) > 1) Fail($"letter '{label}' stands twice in the result");
            }
        }

        // ---- Contracting ----

        /// <summary>A term with each label once, without batch axes that are only broadcast, summed over what nobody else needs.</summary>
        (Tensor Value, string Labels) Reduced((Tensor Value, string Labels) term, int self)
        {
            var (value, labels) = term;
            for (var axis = labels.Length - 1; axis >= 0; axis--)
                if (value.Shape[axis] == 1 && sizes[labels[axis]].Size != 1)
                {
                    value = value.Squeeze(axis);
                    labels = labels.Remove(axis, 1);
                }

            while (labels.FirstOrDefault(label => labels.IndexOf(label) != labels.LastIndexOf(label)) is var twice and not '\0')
            {
                var (i, j) = (labels.IndexOf(twice), labels.LastIndexOf(twice));
                value = value.MoveAxis(i, -1).MoveAxis(j - 1, -1).Diagonal();
                labels = labels.Remove(j, 1).Remove(i, 1) + twice;
            }

            var sum = new List<int>();
            for (var axis = 0; axis < labels.Length; axis++)
                if (!Needed(labels[axis], self, self)) sum.Add(axis);
            if (sum.Count == 0) return (value, labels);
            return (value.Sum(sum.ToArray()), string.Concat(labels.Where((_, axis) => !sum.Contains(axis))));
        }

        bool Needed(char label, int first, int second)
        {
            if (output.Contains(label)) return true;
            for (var i = 0; i < terms.Count; i++)
                if (i != first && i != second && terms[i].Labels.Contains(label)) return true;
            return false;
        }

        /// <summary>The pair whose product is smallest compared with what it replaces.</summary>
        (int First, int Second) Cheapest()
        {
            var (best, least) = ((0, 1), double.PositiveInfinity);
            for (var i = 0; i < terms.Count; i++)
                for (var j = i + 1; j < terms.Count; j++)
                {
                    var size = 1.0;
                    foreach (var label in terms[i].Labels.Union(terms[j].Labels))
                        if (Needed(label, i, j)) size *= sizes[label].Size;
                    var gain = size - terms[i].Value.Size - terms[j].Value.Size;
                    if (gain < least) (best, least) = ((i, j), gain);
                }

            return best;
        }

        (Tensor Value, string Labels) Contract((Tensor Value, string Labels) a, (Tensor Value, string Labels) b)
        {
            // Here both terms are out of the list, so what is needed is needed by others.
            var both = a.Labels.Where(b.Labels.Contains);
            var batch = string.Concat(both.Where(label => Needed(label, -1, -1)));
            var summed = string.Concat(both.Where(label => !Needed(label, -1, -1)));
            var left = string.Concat(a.Labels.Where(label => !b.Labels.Contains(label)));
            var right = string.Concat(b.Labels.Where(label => !a.Labels.Contains(label)));
            if (terms.Count == 0 && output == batch + right + left) (a, b, left, right) = (b, a, right, left); // nothing left to transpose
            var labels = batch + left + right;
            var isMatrixProduct = summed.Length > 0 && left.Length + right.Length > 0 && a.Value.DType.IsFloating();
            if (!isMatrixProduct)
            {
                var product = Spread(a, labels + summed) * Spread(b, labels + summed);
                return (summed.Length == 0 ? product : product.Sum(Enumerable.Range(labels.Length, summed.Length).ToArray()), labels);
            }

            var (x, xTransposed) = Matrix(a, batch, left, summed);
            var (y, yTransposed) = Matrix(b, batch, right, summed);
            var z = x.MatMul(y, transposeA: xTransposed, transposeB: !yTransposed);
            return (z.Reshape(SizesOf(labels)), labels);
        }

        /// <summary>A term as batch, rows, columns = [batch, free, summed], or transposed if it lies so already.</summary>
        (Tensor Value, bool Transposed) Matrix((Tensor Value, string Labels) term, string batch, string free, string summed)
        {
            var transposed = term.Labels == batch + summed + free && free.Length > 0;
            var (rows, columns) = transposed ? (summed, free) : (free, summed);
            var value = Ordered(term.Value, term.Labels, batch + rows + columns);
            Shape shape = batch.Length == 0 ? [Count(rows), Count(columns)] : [Count(batch), Count(rows), Count(columns)];
            return (value.Reshape(shape), transposed);
        }

        /// <summary>A term with its axes in the order of labels, and of size 1 for those that it lacks.</summary>
        Tensor Spread((Tensor Value, string Labels) term, string labels) =>
            Ordered(term.Value, term.Labels, string.Concat(labels.Where(term.Labels.Contains)))
                .Reshape(labels.Select(label => term.Labels.Contains(label) ? sizes[label].Size : 1).ToArray());

        static Tensor Ordered(Tensor value, string labels, string wanted)
        {
            if (labels == wanted) return value;
            var order = wanted.Select(label => labels.IndexOf(label)).ToArray();
            return value.Transpose(order);
        }

        int Count(string labels) => checked((int)labels.Aggregate(1L, (product, label) => product * sizes[label].Size));

        int[] SizesOf(string labels) => labels.Select(label => sizes[label].Size).ToArray();

        [System.Diagnostics.CodeAnalysis.DoesNotReturn]
        void Fail(string message) => throw new ShapeException($"Einsum: {message} in \"{equation}\".");
    }
}
