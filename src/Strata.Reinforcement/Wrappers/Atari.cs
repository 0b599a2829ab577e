namespace Strata.Reinforcement;

/// <summary>The way from a game's frames to what the agents of Mnih et al. (2013, 2015) see.</summary>
public static class Atari
{
    /// <summary>No-op starts, frame skip with the maximum of two frames, gray 84×84; the stack of four is the replay's and the agent's own
    /// (<see cref="FrameHistory"/>), and so is the clipping of rewards.</summary>
    /// <param name="game">A game with observations [210, 160, 3] and no frame skip or repeated actions of its own.</param>
    /// <param name="skip">How often an action is repeated; 3 for Space Invaders in 2013.</param>
    /// <param name="noops">The most actions that do nothing at the beginning; 0: none.</param>
    /// <param name="frames">The most frames of an episode: 18,000 are five minutes, 108,000 are thirty.</param>
    /// <param name="cropped">Whether frames are cropped as in 2013.</param>
    public static Env Preprocess(Env game, int skip = 4, int noops = 30, int frames = 18_000, bool cropped = false)
    {
        Env env = noops > 0 ? new NoopReset(game, noops) : game;
        return new GrayFrame(new FrameSkip(new TimeLimit(env, frames), skip), cropped: cropped);
    }
}
