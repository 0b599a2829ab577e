namespace Strata;

// A variable stands for its value; with a tensor on the other side of an operator the conversion does, these are for the rest.
public sealed partial class Variable
{
    /// <summary>The sum of the values.</summary>
    public static Tensor operator +(Variable a, Variable b) => a.Borrow() + b.Borrow();

    /// <summary>The sum of the value and a number.</summary>
    public static Tensor operator +(Variable a, double b) => a.Borrow() + b;

    /// <summary>The sum of a number and the value.</summary>
    public static Tensor operator +(double a, Variable b) => a + b.Borrow();

    /// <summary>The difference of the values.</summary>
    public static Tensor operator -(Variable a, Variable b) => a.Borrow() - b.Borrow();

    /// <summary>The difference of the value and a number.</summary>
    public static Tensor operator -(Variable a, double b) => a.Borrow() - b;

    /// <summary>The difference of a number and the value.</summary>
    public static Tensor operator -(double a, Variable b) => a - b.Borrow();

    /// <summary>The product of the values.</summary>
    public static Tensor operator *(Variable a, Variable b) => a.Borrow() * b.Borrow();

    /// <summary>The product of the value and a number.</summary>
    public static Tensor operator *(Variable a, double b) => a.Borrow() * b;

    /// <summary>The product of a number and the value.</summary>
    public static Tensor operator *(double a, Variable b) => a * b.Borrow();

    /// <summary>The quotient of the values.</summary>
    public static Tensor operator /(Variable a, Variable b) => a.Borrow() / b.Borrow();

    /// <summary>The quotient of the value and a number.</summary>
    public static Tensor operator /(Variable a, double b) => a.Borrow() / b;

    /// <summary>The quotient of a number and the value.</summary>
    public static Tensor operator /(double a, Variable b) => a / b.Borrow();

    /// <summary>The negative of the value.</summary>
    public static Tensor operator -(Variable a) => -a.Borrow();
}
