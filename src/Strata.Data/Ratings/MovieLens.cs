using Strata.Formats;

namespace Strata.Data;

/// <summary>The ratings of MovieLens (Harper and Konstan 2015), in any of the forms in which GroupLens publishes them.</summary>
public static class MovieLens
{
    static readonly string[] folders = ["", "ml-100k", "ml-1m", "ml-10M100K", "ml-latest-small", "ml-latest", "ml-20m", "ml-25m"];
    static readonly string[] files = ["u.data", "ratings.dat", "ratings.csv", "ratings.txt"];

    /// <summary>Reads <c>u.data</c> (100K), <c>ratings.dat</c> (1M, 10M) or <c>ratings.csv</c> (the later sets), or ratings of another origin in <c>ratings.txt</c>
    /// with spaces between user, item and rating; plain or gzip.</summary>
    /// <param name="directory">The folder that holds the file, or the folder that an archive of MovieLens unpacked to.</param>
    /// <exception cref="DataFileException">There is no such file, or it is damaged.</exception>
    public static RatingSet Load(string directory)
    {
        foreach (var folder in folders)
            if (DataFolder.Find(directory, folder, files) is { } path) return RatingSet.Read(path);
        throw new DataFileException(
            directory,
            $"{(Directory.Exists(directory) ? "" : "there is no such folder; ")}MovieLens needs u.data, ratings.dat or ratings.csv there; get ml-100k.zip, ml-1m.zip or ml-latest-small.zip from grouplens.org/datasets/movielens");
    }
}
