namespace Kohaku.Analysis.Text;

/// <summary>The word lists of content safety. Patterns, not tables: they cost a start nothing.</summary>
internal static class ContentWordLists
{
    /// <summary>Words that mean a minor whatever stands around them.</summary>
    public static bool IsUnmistakable(ReadOnlySpan<char> word) => word is
        "loli" or "lolis" or "lolicon" or "lolikon" or "lolidom" or "lolibaba" or "lolified" or "lolification" or
        "shota" or "shotas" or "shotacon" or "shotakon" or "shotadom" or "toddlercon" or "mesugaki" or
        "toddler" or "toddlers" or "infant" or "infants" or "newborn" or "newborns" or
        "preteen" or "preteens" or "tween" or "tweens" or "prepubescent" or "prepubescents" or "underage" or "underaged" or "jailbait" or
        "pedo" or "pedophile" or "pedophilia" or "paedophile" or "paedophilia" or
        "kindergartner" or "kindergartners" or "kindergartener" or "kindergarteners" or "preschooler" or "preschoolers" or
        "schoolchild" or "schoolchildren" or "schoolkid" or "schoolkids" or "gradeschooler" or "middleschooler";

    /// <summary>Words for a child that also mark a named character as one.</summary>
    public static bool IsChild(ReadOnlySpan<char> word) => word is "child" or "loli" or "shota" or "toddler" or "infant";

    /// <summary>Words that mean a minor where they are the whole text, and signs of other scripts.</summary>
    public static bool IsMinorPhrase(ReadOnlySpan<char> text)
    {
        text = text.Trim(" _");
        if (text.StartsWith("a ", StringComparison.OrdinalIgnoreCase)) text = text[2..];
        if (text.Length is > 2 and < 8 && text[0] is 'b' or 'B' or 'm' or 'M')
        {
            Span<char> lower = stackalloc char[text.Length];
            text.ToLowerInvariant(lower);
            if ((ReadOnlySpan<char>)lower is "baby" or "babies" or "minor" or "minors") return true;
        }

        if (System.Text.Ascii.IsValid(text)) return false;
        var loli = text.IndexOf("ロリ");
        return (loli >= 0 && !text[(loli + 2)..].StartsWith("ー") && !text[(loli + 2)..].StartsWith("ィ"))
            || Has(text, "ショタ") || Has(text, "幼女") || Has(text, "幼児") || Has(text, "女児") || Has(text, "男児") || Has(text, "小学生") || Has(text, "中学生")
            || Has(text, "萝莉") || Has(text, "蘿莉") || Has(text, "正太") || Has(text, "로리") || Has(text, "쇼타");
    }

    /// <summary>Whether a word takes back what follows.</summary>
    public static bool IsNegation(ReadOnlySpan<char> word) => word is "no" or "not" or "non" or "without" or "never" or "isn't";

    /// <summary>Words that are sexual wherever they stand.</summary>
    public static bool IsSexual(ReadOnlySpan<char> word) => word is
        "nsfw" or "explicit" or "r18" or "r18g" or "ri8" or "ri8g" or "xxx" or "hentai" or "ecchi" or "porn" or "porno" or "pornographic" or "pornography" or
        "erotic" or "erotica" or "eroticism" or "lewd" or "sexual" or "sexually" or "sexualized" or "sexualised" or "sexy" or "seductive" or "horny" or "aroused" or "arousal" or
        "nude" or "nudes" or "nudity" or "naked" or "nakedness" or "topless" or "bottomless" or "undressing" or "undressed" or
        "nipple" or "nipples" or "areola" or "areolas" or "areolae" or "pussy" or "vagina" or "vaginal" or "vulva" or "labia" or "clitoris" or "clit" or "genitals" or "genitalia" or
        "penis" or "penises" or "cock" or "cocks" or "dick" or "dicks" or "testicles" or "erection" or "foreskin" or "anus" or "anal" or "pubic" or
        "cum" or "cumming" or "cumshot" or "semen" or "sperm" or "ejaculation" or "ejaculating" or "orgasm" or "orgasming" or "ahegao" or "bukkake" or "creampie" or
        "fuck" or "fucked" or "fucking" or "intercourse" or "penetration" or "penetrated" or "missionary" or "doggystyle" or "gangbang" or "threesome" or "orgy" or
        "fellatio" or "blowjob" or "deepthroat" or "irrumatio" or "cunnilingus" or "handjob" or "footjob" or "thighjob" or "paizuri" or "titjob" or "boobjob" or
        "masturbation" or "masturbating" or "masturbate" or "fingering" or "dildo" or "vibrator" or "groping" or "groped" or "molestation" or "molested" or
        "rape" or "raped" or "raping" or "incest" or "bdsm" or "bondage" or "fetish" or "futanari" or "yiff" or
        "lingerie" or "panties" or "pantyshot" or "upskirt" or "cameltoe" or "condom" or "condoms" or "stripper" or "striptease" or "prostitute" or "prostitution";

    /// <summary>The numbers up to seventeen in words, or −1.</summary>
    public static int SpelledNumber(ReadOnlySpan<char> word) => word switch
    {
        "one" => 1,
        "two" => 2,
        "three" => 3,
        "four" => 4,
        "five" => 5,
        "six" => 6,
        "seven" => 7,
        "eight" => 8,
        "nine" => 9,
        "ten" => 10,
        "eleven" => 11,
        "twelve" => 12,
        "thirteen" => 13,
        "fourteen" => 14,
        "fifteen" => 15,
        "sixteen" => 16,
        "seventeen" => 17,
        _ => -1,
    };

    private static bool Has(ReadOnlySpan<char> text, string word) => text.Contains(word, StringComparison.Ordinal);
}
