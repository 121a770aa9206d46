namespace Kohaku.Analysis.Editing;

/// <summary>What an editor can be asked to do with a selection or the tag under the cursor.</summary>
public enum PromptAction
{
    /// <summary>A step more weight: 0.1, for networks 0.05.</summary>
    RaiseWeight,

    /// <summary>A step less weight.</summary>
    LowerWeight,

    /// <summary>Takes brackets and weight away.</summary>
    RemoveWeight,

    /// <summary>Puts brackets with a weight round it.</summary>
    WrapSelection,

    /// <summary>Puts the sections of the prompt in the model's order.</summary>
    SortSections,

    /// <summary>Applies all safe fixes.</summary>
    FixAll,

    /// <summary>Gives all weak tags of the prompt the emphasis they need.</summary>
    EmphasizeWeakTags,

    /// <summary>Puts backslashes before brackets.</summary>
    EscapeBrackets,

    /// <summary>Writes A1111's weights as ComfyUI's.</summary>
    ToComfyUI,

    /// <summary>Writes ComfyUI's weights as A1111's.</summary>
    ToA1111,

    /// <summary>Gives each BREAK of the prompt a line of its own.</summary>
    SplitAtBreak,
}
