namespace AInimEngine.Analysis.Evaluation.Genres;

/// <summary>Latin, acoustic and plain kinds of music.</summary>
internal static class GenreTable2
{
    internal static Genre[] Latin() =>
    [
        new("bossa", 110, 150, 4, 2)
        {
            Drums = ["K:X..xX..x 2R:x..x..x...x..x.. H:xxxxxxxx", "K:X..xX..x 2R:x..x...x..x..x.. W:xxxxxxxx"], DrumShare = 0.6, Bass = ["1__15__5", "1..15..1"],
            Chords = ["2c..c..c...c..c..", "c_.c_.c_", "2.c.c..c.c..c..c."], Sound = ("double", "guitar", "jazz"), Harmony = "jazz", Syncopation = 0.5,
        },
        new("samba", 90, 120, 4, 4)
        {
            Drums = ["K:x..xX..xx..xX..x W:xoxxxoxxxoxxxoxx R:x.x.xx.x.x.xx.x.", "L:....X.......X... B:xoxxxoxxxoxxxoxx I:x.x.xx.x.x..x.x."], Bass = ["1__51__51__51__5", "1...5...1...5..1"],
            Chords = ["c.c..c.c.c.cc.c.", "?", "..c..c.c..c..c.c"], Sound = ("ebass", "guitar", "jazz"), Harmony = "jazz", Syncopation = 0.5,
        },
        new("salsa", 80, 115, 4, 4)
        {
            Drums = ["V:x..x..x...x.x... Y:x.x.x.x.x.x.x.x. N:..x...x...x...x. M:......xx......xx", "V:..x.x...x..x..x. Y:x...x...x...x... Q:......xx......xx K:...x......-....."],
            Bass = ["...1_.5____.8___", "1_....5_....8___"], Chords = ["1.34.4.3.4.3.4.3", "c.cc.c.c.c.c.cc.", "..c.cc.c..c.cc.c"], Sound = ("ebass", "piano", "brass"), Syncopation = 0.6,
        },
        new("cumbia", 85, 108, 4, 4)
        {
            Drums = ["K:X...X...X...X... W:x.xxx.xxx.xxx.xx Y:x...x...x...x...", "L:x.......x....... X:x.xxx.xxx.xxx.xx N:..x...x...x...x."], Bass = ["1...5.8.1...5.8.", "1___3_5_1___3_5_"],
            Chords = ["..c...c...c...c.", "..c.c...c.c...c."], Sound = ("ebass", "accordion", "folk"), Harmony = "minor",
        },
        new("reggaeton", 84, 100, 4, 4)
        {
            Drums = ["K:X...X...X...X... S:...x..x....x..x.", "K:X...X...X...X... S:...x..x....x..x. H:x.x.x.x.x.x.x.x."], Bass = ["1_____1_1_____1_", "1..1..1.1..1..1."],
            Chords = ["c_______________", "?", "1.2.3.2.1.2.3.2."], Sound = ("synthbass", "plucked", "synth"), Harmony = "minor", Rubato = 0, Jitter = 1,
        },
        new("tango", 56, 66, 4, 4)
        {
            Drums = ["S:x..ox...x...x.oo"], DrumShare = 0.15, Bass = ["1___1___5___5___", "1_____5_8___5___"], Chords = ["C...C...C...C...", "C.....C.C...C...", "C..CC...C...C..."],
            Sound = ("double", "accordion", "strings"), Harmony = "minor", Rubato = 0.5, Melody = 0.4,
        },
        new("bolero", 84, 116, 4, 2) { Drums = ["A:xoxxxoxx W:xxxxxxxx K:....x.x.", "N:x.xxx.x. W:x.xxx.xx"], DrumShare = 0.6, Bass = ["1__.5_8_", "1___5_5_"], Chords = [".c_c_.c_", "12341234", "c___c___"], Sound = ("double", "guitar", "strings"), Harmony = "minor", Rubato = 0.2 },
    ];

    internal static Genre[] Acoustic() =>
    [
        new("swing", 110, 220, 4, 2)
        {
            Drums = ["D:x.xxx.xx P:..x...x. K:----.---", "D:x.xxx.xx P:..X...X. S:...o..-o", "F:x.xxx.xx P:..x...x."], DrumShare = 0.8, Bass = ["w.w.w.w.", "1.w.w.w.", "1...5...", "w.w.w.ww"],
            Chords = ["c..c....", "?", "...c..c.", "c...c...", ".c...c.."], Sound = ("double", "jazz", "jazz"), Swing = (0.58, 0.68), Harmony = "jazz", Jitter = 12, Syncopation = 0.5, BarsPerChord = [1, 0.5, 2], Melody = 0.5,
        },
        new("stride", 100, 200, 4, 2) { DrumShare = 0.1, Drums = ["H:x.x.x.x. S:..x...x."], Bass = ["1...5...", "1...1..."], Chords = ["..c...c."], Sound = ("piano", "piano", "piano"), Swing = (0.5, 0.64), Harmony = "jazz", Melody = 0.6, Syncopation = 0.6 },
        new("waltz", 100, 200, 3, 2) { Drums = ["K:X..... S:..x.x.", "K:X..... H:..x.x.", "D:x.x.x. K:X....."], DrumShare = 0.35, Bass = ["1.....", "1.5.5.", "1_____"], Chords = ["..c.c.", "..c_c_", "123432", "c_____"], Sound = ("low", "keys", "orchestra"), Rubato = 0.4, Harmony = "classic" },
        new("jazzwaltz", 110, 190, 3, 2) { Drums = ["D:x.xxx. P:..x... K:x..-..", "D:x.x.xx P:..x.x. K:x...-."], Bass = ["w.w.w.", "1_____", "1__5__"], Chords = ["c..c..", "?", "..c.c."], Sound = ("double", "piano", "jazz"), Swing = (0.56, 0.67), Harmony = "jazz" },
        new("minuet", 96, 150, 3, 2) { DrumShare = 0, Bass = ["1.3.5.", "1_____", "1.w.w.", "1___5."], Chords = ["......", "..c.c.", "c_____", "123232"], Sound = ("low", "harpsi", "winds"), Rubato = 0.2, Harmony = "classic", Melody = 0.6, Voices = 2 },
        new("jig", 100, 135, 2, 3) { DrumShare = 0.35, Drums = ["L:X.xX.x", "K:X..X.. B:x.xx.x", "K:X..... S:...X.. H:xxxxxx"], Bass = ["1..5..", "1__1__"], Chords = ["c.cc.c", "..c..c", "c__c__"], Sound = ("low", "guitar", "folk"), Melody = 0.85, Syncopation = 0.05 },
        new("reel", 96, 124, 2, 4) { DrumShare = 0.35, Drums = ["L:X.xoX.xo", "K:X...X... S:..x...x."], Bass = ["1...5...", "1___1___"], Chords = ["..c...c.", "c.c.c.c.", "C.ccC.cc"], Sound = ("low", "guitar", "folk"), Melody = 0.85, Syncopation = 0.05 },
        new("sixeight", 44, 84, 2, 3) { DrumShare = 0.3, Drums = ["K:X..... S:...X.. H:xxxxxx"], Bass = ["1__5__", "1_____"], Chords = ["123432", "c_____", "1.34.3", "c.cc.c"], Sound = ("low", "keys", "orchestra"), Rubato = 0.4, Melody = 0.4 },
        new("march", 104, 132, 2, 4) { Drums = ["L:X...x... S:x.xxx.xx C:x.......", "L:X...X... S:..xx..xx", "S:x..ox.oo L:X...x..."], DrumShare = 0.6, Bass = ["1...5...", "1.1.5.5."], Chords = ["..c...c.", "..cc..cc", "c...c..."], Sound = ("low", "brass", "winds"), Harmony = "classic", Melody = 0.45, Syncopation = 0.1 },
        new("polka", 100, 132, 2, 4) { Drums = ["K:X...X... S:..x...x. H:..x...x."], DrumShare = 0.5, Bass = ["1...5..."], Chords = ["..c...c."], Sound = ("low", "accordion", "folk"), Harmony = "classic", Melody = 0.6, Syncopation = 0.1 },
        new("baroque", 60, 120, 4, 4) { DrumShare = 0, Bass = ["w.w.w.w.w.w.w.w.", "1_w_w_w_", "1___w___w___w___", "wwwwwwww"], Chords = ["................", "c_______c_______", "c___c___c___c___"], Sound = ("low", "harpsi", "orchestra"), Harmony = "classic", Melody = 0.75, Voices = 2, Syncopation = 0.05, Rubato = 0.15, BarsPerChord = [0.5, 0.5, 1] },
        new("baroque3", 70, 130, 3, 4) { DrumShare = 0, Bass = ["w...w...w...", "1_w_w_w_w_w_", "1_______w___"], Chords = ["............", "c___________", "c___c___c___"], Sound = ("low", "harpsi", "orchestra"), Harmony = "classic", Melody = 0.7, Voices = 2, Syncopation = 0.05, Rubato = 0.15, BarsPerChord = [1] },
        new("sonata", 100, 152, 4, 4) { DrumShare = 0, Bass = ["1_______________", "................"], Chords = ["1.3.2.3.1.3.2.3.", "1323132313231323", "..c.c.c...c.c.c.", "c...c...c......."], Sound = ("low", "piano", "piano"), Harmony = "classic", Melody = 0.5, Rubato = 0.25, Syncopation = 0.1, BarsPerChord = [0.5, 1, 1] },
        new("romantic", 52, 110, 4, 3) { DrumShare = 0, Bass = ["1___________", "1_____5_____"], Chords = ["123432123432", "123234123234", "c__c__c__c__", "1..c..3..c.."], Sound = ("piano", "piano", "piano"), Harmony = "classic", Rubato = 1, Jitter = 14, Melody = 0.3 },
        new("nocturne", 50, 100, 3, 2) { DrumShare = 0, Bass = ["1_____"], Chords = ["..c.c.", "123432", "1.c.c."], Sound = ("piano", "piano", "piano"), Harmony = "classic", Rubato = 1, Jitter = 14, Melody = 0.4 },
        new("chorale", 60, 100, 4, 2) { DrumShare = 0, Bass = ["w.w.w.w.", "1_w_w_w_"], Chords = ["c.c.c.c.", "c_c_c_c_", "c_c_c___"], Sound = ("low", "choir", "organ"), Harmony = "classic", Rubato = 0.4, Melody = 0.4, Syncopation = 0.05, BarsPerChord = [0.5, 1] },
        new("orchestral", 70, 150, 4, 4) { DrumShare = 0.4, Drums = ["L:X.......x....... S:....x..ox..ox.oo", "L:X..x..x.X..x..x. C:x...............", "L:X...x...x...x.xx"], Bass = ["1.1.1.1.1.1.1.1.", "1_______________", "1_____1_1_______", "1..1..1..1..1.1."], Chords = ["cccccccccccccccc", "c_______________", "C..cC..cC.c.C.c.", "?", "1232123212321232"], Sound = ("low", "strings", "orchestra"), Harmony = "minor", Rubato = 0.3, Melody = 0.3, Voices = 2 },
        new("orchestral3", 80, 170, 3, 2) { DrumShare = 0.3, Drums = ["L:X..... S:..x.x.", "L:X.xxxx"], Bass = ["1.....", "1.1.1.", "1_____"], Chords = ["cccccc", "..c.c.", "123232", "c_____"], Sound = ("low", "strings", "orchestra"), Harmony = "minor", Rubato = 0.3, Voices = 2 },
        new("ambient", 60, 100, 4, 4) { DrumShare = 0.3, Drums = ["K:X.......-....... R:....-.......x...", "W:x...x...x...x..."], Bass = ["1_______________", "1___....1___...."], Chords = ["c_______________", "1...3...2...4...", "1.2.3.4.3.2.3.4."], Sound = ("synthbass", "pad", "mallets"), Harmony = "modal", BarsPerChord = [2, 4], Melody = 0.12, Jitter = 3 },
        new("fingerpick", 76, 132, 4, 2) { DrumShare = 0.1, Drums = ["W:xxxxxxxx"], Bass = ["1...5...", "1...3..."], Chords = ["1.324.32", "13241324", "c..cc.c."], Sound = ("guitar", "guitar", "folk"), Rubato = 0.2 },
        new("bluegrass", 100, 140, 4, 4) { DrumShare = 0.05, Drums = ["S:..x...x...x...x."], Bass = ["1_______5_______", "1...5...1...5..."], Chords = ["..c...c...c...c.", "1324132413241324"], Sound = ("double", "guitar", "folk"), Melody = 0.85, Syncopation = 0.2 },
        new("game", 90, 180, 4, 4) { DrumShare = 0.6, Drums = ["K:X...x...X...x... S:....X.......X... H:x.x.x.x.x.x.x.x.", "L:X...x.x.X...x.x. S:..x...x...x...xx", "A:x..x..x.x..x..x. W:xxxxxxxxxxxxxxxx"], Bass = ["1...5...1...5...", "1.1.1.1.1.1.1.1.", "1_______5_______"], Chords = ["?", "1.3.2.3.1.3.2.3.", "..c...c...c...c.", "c_______c_______"], Sound = ("ebass", "plucked", "orchestra"), Melody = 0.45, Voices = 2, Rubato = 0.05 },
        new("game3", 100, 190, 3, 2) { DrumShare = 0.4, Drums = ["K:X..... H:..x.x.", "L:X.x.x. W:xxxxxx"], Bass = ["1.....", "1.5.5."], Chords = ["..c.c.", "123432", "?"], Sound = ("ebass", "plucked", "orchestra"), Melody = 0.45, Rubato = 0.05 },
    ];

    internal static Genre[] Plain() =>
    [
        new("clicks", 50, 220, 4, 2) { Drums = ["Z:xxxx", "V:xxxx", "R:xxxx", "H:xxxx", "Y:xxxx"], DrumShare = 1, BarsAudible = false, Jitter = 0 },
        new("accents", 50, 220, 4, 2) { Drums = ["Z:X... V:.xxx", "Y:X... R:.xxx", "R:xxxx K:X...", "O:X... H:.xxx"], DrumShare = 1, Jitter = 0 },
        new("accents3", 50, 220, 3, 2) { Drums = ["Z:X.. V:.xx", "Y:X.. R:.xx", "R:xxx K:X.."], DrumShare = 1, Jitter = 0 },
        new("drums", 55, 200, 4, 4)
        {
            Drums = ["K:X.......x....... S:....X.......X... H:x.x.x.x.x.x.x.x.", "K:X...X...X...X... S:....X.......X... H:..x...x...x...x.", "K:X.....x.x....... S:....X.......X... H:x.x.x.x.x.x.x.x.", "K:X..x..x...x..... S:....X.......X... H:xxxxxxxxxxxxxxxx", "K:X.......X....... S:....X.......X... H:x...x...x...x..."],
            DrumShare = 1, Jitter = 6,
        },
        new("drumbass", 60, 190, 4, 4) { Drums = ["K:X.......x....... S:....X.......X... H:x.x.x.x.x.x.x.x.", "K:X.....x.x.x..... S:....X.......X... H:x.x.x.x.x.x.x.x.", "K:X...X...X...X... H:..x...x...x...x."], DrumShare = 1, Bass = ["1___1___1___1___", "1.1.1.1.1.1.1.1.", "1_______5_______"], Chords = ["c_______________", "................"], Sound = ("ebass", "pad", "synth"), Melody = 0 },
        new("nodrums", 60, 190, 4, 4) { DrumShare = 0, Bass = ["1___1___1___1___", "1_______5_______", "1_______________"], Chords = ["c___c___c___c___", "c_______________", "..c...c...c...c.", "1.2.3.2.1.2.3.2."], Sound = ("ebass", "keys", "lead"), Melody = 0.3 },
    ];
}
