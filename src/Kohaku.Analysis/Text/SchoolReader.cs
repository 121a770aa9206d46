namespace Kohaku.Analysis.Text;

/// <summary>Reads school-age forms word by word: <c>elementary school student</c>, <c>junior high girl</c>, <c>5th grader</c>.</summary>
/// <remarks>A school's uniform or building says nothing of who is in it.</remarks>
internal struct SchoolReader
{
    private bool _isStage;
    private bool _isSchool;

    /// <summary>Takes the next word; true where it completes a pupil.</summary>
    public bool Read(ReadOnlySpan<char> word)
    {
        var (wasStage, wasSchool) = (_isStage, _isSchool);
        (_isStage, _isSchool) = (false, false);
        switch (word)
        {
            case "elementary" or "kindergarten" or "preschool" or "nursery":
                (_isStage, _isSchool) = (true, true);
                return false;
            case "primary" or "middle" or "grade" or "junior" or "grammar":
                _isStage = true;
                return false;
            case "high":
                (_isStage, _isSchool) = (true, wasStage);
                return false;
            case "school" or "schools":
                (_isStage, _isSchool) = (wasStage, wasStage);
                return false;
            case "schooler" or "schoolers" or "schoolgirl" or "schoolgirls" or "schoolboy" or "schoolboys":
                return wasStage;
            case "grader" or "graders":
                return true;
            case "student" or "students" or "girl" or "girls" or "boy" or "boys" or "pupil" or "pupils":
                return wasSchool;
            default:
                return false;
        }
    }
}
