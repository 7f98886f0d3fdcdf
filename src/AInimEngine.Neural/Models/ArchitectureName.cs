namespace AInimEngine.Neural.Models;

/// <summary>What people call the architectures.</summary>
public static class ArchitectureName
{
    /// <summary>"SM", "StyleGAN2" or "FastGAN".</summary>
    public static string Of(ModelArchitecture architecture) => architecture switch
    {
        ModelArchitecture.Sm => "SM",
        ModelArchitecture.Sg2 => "StyleGAN2",
        _ => "FastGAN",
    };
}
