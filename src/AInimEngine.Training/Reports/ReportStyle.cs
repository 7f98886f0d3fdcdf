namespace AInimEngine.Training.Reports;

/// <summary>The style sheet of a report: one column on a phone, light and dark as the reader's system has it.</summary>
internal static class ReportStyle
{
    /// <summary>The text between the style tags.</summary>
    public const string Text = """
        :root { color-scheme: light dark; --paper: #fbfaf8; --card: #fff; --ink: #1c1b1a; --soft: #6b6862; --line: #e4e1db;
          --c0: #1f5fbf; --c1: #c2500a; --c2: #1d7f4e; --c3: #8a3fb0; --c4: #8a7a00; --warn: #fff1d6; --warnink: #6d4300; }
        @media (prefers-color-scheme: dark) { :root { --paper: #141416; --card: #1d1d20; --ink: #ecebe8; --soft: #a09d97; --line: #35353a;
          --c0: #7fb2ff; --c1: #ff9f63; --c2: #69d39b; --c3: #d49bf2; --c4: #dccb4f; --warn: #3a2c12; --warnink: #ffd991; } }
        * { box-sizing: border-box; }
        body { margin: 0 auto; padding: 1.2rem clamp(.8rem, 3vw, 2rem) 3rem; max-width: 78rem; background: var(--paper); color: var(--ink);
          font: 1rem/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; overflow-wrap: break-word; }
        h1 { font-size: 1.6rem; margin: .2rem 0; }
        h2 { font-size: 1.15rem; margin: 2rem 0 .7rem; }
        .soft, .note, figcaption + .note { color: var(--soft); }
        .tiles, .charts, .sheets, .tables { display: grid; gap: .8rem; }
        .tiles { grid-template-columns: repeat(auto-fit, minmax(8.5rem, 1fr)); margin: 1rem 0; }
        .charts { grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)); }
        .sheets { grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); }
        .tables { grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); align-items: start; }
        .tiles div, figure, section { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: .8rem; margin: 0; min-width: 0; }
        .tiles b { display: block; font-size: 1.45rem; font-weight: 600; font-variant-numeric: tabular-nums; }
        .tiles span, .note, .legend { font-size: .85rem; }
        .warning { background: var(--warn); color: var(--warnink); border-radius: .6rem; padding: .7rem .9rem; margin: .6rem 0; }
        figcaption, section h3 { font-weight: 600; margin: 0 0 .4rem; font-size: 1rem; }
        figure img { width: 100%; height: auto; display: block; border-radius: .3rem; image-rendering: auto; }
        .note { margin: .35rem 0 0; }
        .legend { margin: .3rem 0 0; display: flex; flex-wrap: wrap; gap: .2rem .9rem; font-variant-numeric: tabular-nums; }
        .legend i { display: inline-block; width: 1rem; height: .2rem; border-radius: .1rem; margin-right: .35rem; vertical-align: middle; }
        svg { width: 100%; height: auto; display: block; }
        .grid { stroke: var(--line); } .axis { stroke: var(--soft); } .mark { stroke: var(--soft); stroke-dasharray: 5 4; }
        .best { stroke: var(--c2); stroke-dasharray: 2 3; } .tick { fill: var(--soft); font-size: 12px; }
        .curve { fill: none; stroke-width: 2; stroke-linejoin: round; } .curve.faint { stroke-width: 1; } .faint { opacity: .6; }
        .c0 { stroke: var(--c0); } .c1 { stroke: var(--c1); } .c2 { stroke: var(--c2); } .c3 { stroke: var(--c3); } .c4 { stroke: var(--c4); }
        circle.c0 { fill: var(--c0); } circle.c1 { fill: var(--c1); } circle.c2 { fill: var(--c2); } circle.c3 { fill: var(--c3); } circle.c4 { fill: var(--c4); }
        .k0 { background: var(--c0); } .k1 { background: var(--c1); } .k2 { background: var(--c2); } .k3 { background: var(--c3); } .k4 { background: var(--c4); }
        table { width: 100%; border-collapse: collapse; font-size: .9rem; }
        th, td { text-align: left; vertical-align: top; padding: .25rem .5rem .25rem 0; border-top: 1px solid var(--line); font-weight: normal; }
        tr:first-child > * { border-top: 0; } th { color: var(--soft); width: 42%; } td { font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
        """;
}
