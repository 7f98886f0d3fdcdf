namespace AInimEngine.Analysis.Evaluation.Genres;

/// <summary>The popular kinds of music that the corpus is made of; <see cref="GenreTable2"/> has the rest.</summary>
public static class GenreTable
{
    /// <summary>Every genre, popular first.</summary>
    public static IReadOnlyList<Genre> All { get; } = [.. Popular(), .. GenreTable2.Latin(), .. GenreTable2.Acoustic(), .. GenreTable2.Plain()];

    private static Genre[] Popular() =>
    [
        new("rock", 95, 165, 4, 4)
        {
            Drums = ["K:X.......x-...-. S:....X.......X... H:x.x.x.x.x.x.x.x.", "K:X.....x.x...-... S:....X.......X..- D:x.x.x.x.x.x.x.x.",
                "K:X..x..x...x...-. S:....X.......X... O:x...x...x...x...", "K:X.x.....x.x..... S:....X.......X... H:x.x.x.x.x.x.x.x."],
            Bass = ["1.1.1.1.1.1.1.1.", "1_____1_1___1_5_", "1___..1_1_1_....", "1.1.1.1.5.5.5.5."],
            Chords = ["C_..c_..C_..c.c.", "C.c.c.c.C.c.c.c.", "C_______C__c__c_", "?", "c_______________"],
            Sound = ("ebass", "dist", "lead"),
        },
        new("pop", 84, 132, 4, 4)
        {
            Drums = ["K:X.......x..x.... S:....X.......X... H:x.x.x.x.x.x.x.x.", "K:X..-..x.x..-..x. G:....X.......X... H:xoxoxoxoxoxoxoxo",
                "K:X...x...x...x... S:....X.......X... B:x.x.x.x.x.x.x.x."],
            Bass = ["1___....1___5___", "1.1.1.1.1.1.1.1.", "1_.1_.1_1_.1_.5_", "1_______________"],
            Chords = ["c_______________", "c___c___c___c___", "1.3.2.3.4.3.2.3.", "?", "c__c__c_..c_c___"],
            Melody = 0.4, Sound = ("ebass", "keys", "lead"),
        },
        new("ballad", 58, 84, 4, 4)
        {
            Drums = ["K:X.......x-...... S:....X.......X... H:x.x.x.x.x.x.x.x.", "K:X......-x....... R:....x.......x... H:x.x.x.x.x.x.x.x."],
            DrumShare = 0.6, Bass = ["1_______5_______", "1_______1___3_5_", "1_____1_5_______"],
            Chords = ["1.2.3.4.3.2.3.2.", "c___c___c___c___", "c_______c_______", "1.3.4.3.2.3.4.3."],
            Sound = ("ebass", "keys", "lead"), Rubato = 0.3, Melody = 0.35, Jitter = 9,
        },
        new("disco", 108, 130, 4, 4)
        {
            Drums = ["K:X...X...X...X... S:....X.......X... H:x.x.x.x.x.x.x.x. O:..x...x...x...x.", "K:X...X...X...X... G:....X.......X... O:..x...x...x...x. B:xxxxxxxxxxxxxxxx"],
            Bass = ["1.8.1.8.1.8.1.8.", "1..18.1.1..15.8.", "1.1.8.8.1.15.8.."],
            Chords = ["..c...c...c...c.", "c_______________", "c..c..c...c.c...", "?"], Sound = ("ebass", "clean", "strings"), Rubato = 0.05,
        },
        new("house", 118, 130, 4, 4)
        {
            Drums = ["K:X...X...X...X... G:....X.......X... O:..x...x...x...x.", "K:X...X...X...X... H:..x...x...x...x. R:...-..x....-..x.", "K:X...X...X...X... S:....X.......X... H:xxxxxxxxxxxxxxxx"],
            Bass = ["..1...1...1...1.", "1..1..1..1..1.1.", "..1..1.1..1..1.1", "1_......1_....5_"],
            Chords = ["c..c..c...c..c..", "..c...c...c...c.", "c_______________", "?"],
            Sound = ("synthbass", "keys", "synth"), Jitter = 0, Rubato = 0, Harmony = "minor", BarsPerChord = [1, 2, 4],
        },
        new("techno", 125, 145, 4, 4)
        {
            Drums = ["K:X...X...X...X... H:..x...x...x...x. G:....-.......-...", "K:X...X...X...X..- O:..x...x...x...x. R:.x..x..-.x..-..x", "K:X...X...X...X... H:xxxxxxxxxxxxxxxx"],
            Bass = [".111.111.111.111", "..1...1...1...1.", "1.1.11.1.1.11.1.", "1111111111111111"],
            Chords = ["?", "c..c..c..c..c...", "................", "1.2.1.3.1.2.1.4."],
            Sound = ("synthbass", "synth", "synth"), Jitter = 0, Rubato = 0, Harmony = "modal", BarsPerChord = [4, 8], Melody = 0.2,
        },
        new("trance", 132, 144, 4, 4)
        {
            Drums = ["K:X...X...X...X... O:..x...x...x...x. G:....X.......X...", "K:X...X...X...X... H:..xx..xx..xx..xx"],
            Bass = ["..1...1...1...1.", ".111.111.111.111"], Chords = ["1232143212321432", "c_______________", "c..c..c..c..c.c.", "1424342414243424"],
            Sound = ("synthbass", "synth", "synth"), Jitter = 0, Rubato = 0, Harmony = "minor", BarsPerChord = [1, 2],
        },
        new("dnb", 165, 180, 4, 4)
        {
            Drums = ["K:X.........x..... S:....X.......X... H:x.x.x.x.x.x.x.x.", "K:X.x.......x..... S:....X..o.o..X..o D:x.x.x.x.x.x.x.x.", "K:X.....x...x..... S:....X.......X..- H:x.x.x.x.x.x.x.x."],
            Bass = ["1_______________", "1___....1___..5_", "1_____1_....1___"], Chords = ["c_______________", "?", "........c_______"],
            Sound = ("synthbass", "pad", "synth"), Jitter = 1, Rubato = 0, Harmony = "minor", BarsPerChord = [2, 4], Melody = 0.2,
        },
        new("hiphop", 80, 100, 4, 4)
        {
            Drums = ["K:X.-....xx.-..... S:....X.......X... H:x.x.x.x.x.x.x.x.", "K:X..x..-...x..... S:....X.......X..o H:xxx.x.x.xxx.x.x.", "K:X.......-.x..x.. G:....X.......X... H:x.x.xxx.x.x.x.xx"],
            Bass = ["1__.......1_..5.", "1_..1_....1_....", "1______.....1_5_"], Chords = ["c_______........", "?", "c...c...c...c...", "1.3.2.3.1.3.2.3."],
            Swing = (0.5, 0.62), SwingSixteenths = true, Sound = ("ebass", "epiano", "lead"), Harmony = "minor", Rubato = 0,
        },
        new("trap", 64, 80, 4, 4)
        {
            Drums = ["K:X.....-.x-...... G:....X.......X... H:xxxxxxxxxxxxxxxx", "K:X..-..x...-..... S:....X.......X... H:xxxxxxxxxx-xxxxxxxxxxxxxxxxxxx-x"],
            Bass = ["1____.....1_____", "1_____1_........"], Chords = ["c_______________", "1.2.3.4.3.2.1.2.", "?"],
            Sound = ("synthbass", "mallets", "synth"), Harmony = "minor", Jitter = 1, Rubato = 0, BarsPerChord = [1, 2],
        },
        new("reggae", 66, 88, 4, 4)
        {
            Drums = ["K:........X....... R:........X....... H:x.x.x.x.x.x.x.x.", "K:X.......X....... S:........X....... H:x.x.x.xxx.x.x.x.", "K:X...X...X...X... R:........X..-..-. H:x.x.x.x.x.x.x.x."],
            Bass = ["1___1_5_..8_5_..", "....1_1_5___3_1_", "1_1_..3_5_..5_3_"], Chords = ["..c...c...c...c.", "..c.c...c.c...c.", "..cc..cc..cc..cc"],
            Sound = ("ebass", "clean", "organ"), Swing = (0.5, 0.58), SwingSixteenths = true, BarsPerChord = [1, 1, 0.5],
        },
        new("ska", 130, 180, 4, 2)
        {
            Drums = ["K:X...X... S:..X...X. H:xxxxxxxx", "K:X.x.X.x. S:..X...X. H:.x.x.x.x"], Bass = ["1w3w5w3w", "1.5.3.5.", "wwwwwwww"],
            Chords = [".c.c.c.c"], Sound = ("ebass", "clean", "brass"),
        },
        new("funk", 92, 118, 4, 4)
        {
            Drums = ["K:X.x....-..x..x.. S:....X..o.o..X..o H:xxxxxxxxxxxxxxxx", "K:X..x..x...x..-.. S:....X..o-o.oX... H:x.x.x.x.x.xxx.x.", "K:X.....x..xx..... S:....X..o.o..X.-. O:..............x. H:x.x.x.x.x.x.x..."],
            Bass = ["1..1..8.1.1..5.8", "1...8.1..1.15.8.", "1.8...1..8.1..5."], Chords = ["..cc..c.c.cc..c.", ".c..c..c..c.c...", "?"],
            Sound = ("ebass", "clean", "brass"), Syncopation = 0.6, Harmony = "modal", Swing = (0.5, 0.56), SwingSixteenths = true, BarsPerChord = [1, 2, 4],
        },
        new("soul", 70, 112, 4, 4)
        {
            Drums = ["K:X......xx.x..... S:....X.......X..o H:x.x.x.x.x.x.x.x.", "K:X..x..-.x....x.. S:....X..o....X... H:xoxoxoxoxoxoxoxo"],
            Bass = ["1__1__5_8__5__3_", "1___..1_5_..3_5_"], Chords = ["c_______c_______", "c..c..c_...c..c_", "..c...c...c...c."],
            Sound = ("ebass", "epiano", "brass"), Swing = (0.5, 0.6), SwingSixteenths = true, Syncopation = 0.5,
        },
        new("motown", 100, 140, 4, 2)
        {
            Drums = ["K:X..xX..x S:x.x.x.x. B:.x.x.x.x", "K:X.xxX.xx S:..X...X. B:..x...x.", "K:X...X.-. S:x.x.x.x. H:xxxxxxxx"],
            Bass = ["1.135.51", "1..15.3w", "11.15.35"], Chords = ["..c...c.", "c.c.c.c.", "c_______"], Sound = ("ebass", "keys", "brass"), Swing = (0.5, 0.6),
        },
        new("blues", 70, 130, 4, 3)
        {
            Drums = ["K:x..x..x..x.. S:...X.....X.. D:x.xx.xx.xx.x", "K:X....xX..... S:...X.....X.. H:xxxxxxxxxxxx", "K:x..x..x..x.. S:...X.....X.. H:x.xx.xx.xx.x"],
            Bass = ["1.13.35.53.3", "1..1..5..5..", "w..w..w..w..", "1.15.58.85.5"], Chords = ["c..c..c..c..", "..c..c..c..c", "C.cc.cC.cc.c", "c__________."],
            Sound = ("ebass", "keys", "lead"), Harmony = "blues", Jitter = 10,
        },
        new("gospel", 50, 80, 4, 3)
        {
            Drums = ["K:X....-x..... S:...X.....X.. H:xxxxxxxxxxxx", "K:X.....x..-.. B:...x.....x.. D:x.xx.xx.xx.x"], DrumShare = 0.7,
            Bass = ["1__1.35__5.3", "1_____5_____"], Chords = ["123123123123", "c__c__c__c__", "C.cc.cC.cc.c"], Sound = ("ebass", "organ", "choir"), Rubato = 0.3,
        },
        new("doowop", 66, 104, 4, 3)
        {
            Drums = ["K:X..x..X..x.. S:...X.....X.. H:xxxxxxxxxxxx"], DrumShare = 0.7, Bass = ["1____15____5", "1..1..5..3.."],
            Chords = ["cccccccccccc", "123323123323"], Sound = ("double", "keys", "lead"),
        },
        new("metal", 100, 210, 4, 4)
        {
            Drums = ["K:x.x.x.x.x.x.x.x. S:....X.......X... C:x...x...x...x...", "K:xxxxxxxxxxxxxxxx S:....X.......X... D:x...x...x...x...", "K:X..xx..xx..xx.x. S:....X.......X... O:x...x...x...x..."],
            Bass = ["1.1.1.1.1.1.1.1.", "1..11..11..11.1.", "1111111111111111"], Chords = ["C.ccC.ccC.ccC.cc", "C..cc..cc..cc.c.", "cccccccccccccccc", "C_______C_______"],
            Sound = ("ebass", "dist", "dist"), Harmony = "minor", Jitter = 4,
        },
        new("punk", 160, 215, 4, 2)
        {
            Drums = ["K:X...X... S:..X...X. H:xxxxxxxx", "K:X.x.X.x. S:..X...X. O:x.x.x.x.", "K:X..xX... S:..X...X. C:x.x.x.x."],
            Bass = ["11111111", "11111155"], Chords = ["cccccccc", "C.ccC.cc"], Sound = ("ebass", "dist", "lead"), Jitter = 10,
        },
        new("train", 96, 130, 4, 4)
        {
            Drums = ["K:X...x...X...x... S:ooXoooXoooXoooXo", "K:X.......X....... S:....X.......X... H:x.x.x.x.x.x.x.x."], Bass = ["1_______5_______", "1___5___1___5___"],
            Chords = ["..c...c...c...c.", "....c.......c...", "1.c.5.c.1.c.5.c."], Sound = ("ebass", "guitar", "folk"),
        },
        new("breakbeat", 110, 140, 4, 4)
        {
            Drums = ["K:X.x.......xx.... S:....X..o.o..X..o H:x.x.x.x.x.x.x.x.", "K:X..x..x...x..... S:....X.......X... H:xxxxxxxxxxxxxxxx", "K:X.x....-..x..... S:....X..o.o....X. D:x.x.x.x.x.x.x.x."],
            Bass = ["1_....1_..1_....", "1..1..1.........", "1_______..1_5_.."], Chords = ["?", "c_______________", "c..c..c........."], Sound = ("synthbass", "synth", "synth"), Rubato = 0, Jitter = 2, Harmony = "minor",
        },
        new("synthwave", 80, 118, 4, 4)
        {
            Drums = ["K:X...X...X...X... S:....X.......X... H:x.x.x.x.x.x.x.x.", "K:X.......X.x..... S:....X.......X... H:..x...x...x...x."],
            Bass = ["1.1.1.1.1.1.1.1.", "1.111.111.111.11", "1.8.1.8.1.8.1.8."], Chords = ["c_______________", "1324132413241324", "?"], Sound = ("synthbass", "pad", "synth"), Jitter = 0, Rubato = 0, Harmony = "minor",
        },
        new("chiptune", 110, 180, 4, 4)
        {
            Drums = ["K:X...-...X...-... S:....X.......X... H:x.x.x.x.x.x.x.x.", "K:X.....x.X....... S:....X.......X..x"], DrumShare = 0.65, Bass = ["1.8.1.8.1.8.1.8.", "1.1.5.5.1.1.5.5.", "1...1...5...5..."],
            Chords = ["1234123412341234", "..c...c...c...c.", "1.3.2.3.1.3.2.3."], Sound = ("chip", "chip", "chip"), Jitter = 0, Rubato = 0, Melody = 0.6,
        },
        new("afrobeat", 95, 128, 4, 4)
        {
            Drums = ["K:X..x..x.x..x..-. S:...-X..o....X..o H:x.xxx.xxx.xxx.xx W:xxxxxxxxxxxxxxxx", "K:X.....x...x..... R:...x..x....x..x. I:x..x..x...x.x..."],
            Bass = ["1..1..5..1.35...", "..1_1.3_5..1...."], Chords = ["?", "..c..c.c..c..c.c", "1.3.2.31.3.2.3.1"], Sound = ("ebass", "clean", "brass"), Harmony = "modal", BarsPerChord = [2, 4], Syncopation = 0.6,
        },
    ];
}
