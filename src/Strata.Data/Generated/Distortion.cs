namespace Strata.Data;

/// <summary>How digits are distorted in the experiments on spatial transformers (Jaderberg et al. 2015, section 4.1 and appendix A.4).</summary>
public enum Distortion
{
    /// <summary>R: turned by up to 90° to either side; 28×28 pixels.</summary>
    Rotated,

    /// <summary>RTS: turned by up to 45°, .7 to 1.2 times as large, anywhere in 42×42 pixels.</summary>
    RotatedTranslatedScaled,

    /// <summary>P: seen at an angle, each corner of the picture moved by up to 20 % of the side; 28×28 pixels.</summary>
    Projective,

    /// <summary>E: bent, each pixel moved by a smooth random field; 28×28 pixels.</summary>
    Elastic,

    /// <summary>T: anywhere in 60×60 pixels.</summary>
    Translated,

    /// <summary>Anywhere in 60×60 pixels, among eight pieces of 6×6 pixels of other digits.</summary>
    Cluttered,
}
