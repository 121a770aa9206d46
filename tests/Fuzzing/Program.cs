using Kohaku.Fuzzing;
using Kohaku.Fuzzing.Engine;

// Before any code that was instrumented runs.
Coverage.Prepare();
return CommandLine.Run(args, Console.Out, Console.Error);
